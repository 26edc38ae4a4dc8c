"""The part of the validator that looks at controls."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.controls import ControlKind, control_kinds
from lingzhi.rulebook.models import Clause
from lingzhi.rulebook.packs.content import ClauseBody, control_of
from lingzhi.rulebook.packs.problems import Findings
from lingzhi.rulebook.packs.resolving import resolve_control
from lingzhi.rulebook.values import Choices, flaws_of

CONTROL = {"key", "kind", "title", "with", "figures"}
FIGURE = {"mark", "value", "unit", "ask"}
MARKS = ("normative", "example", "placeholder")
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
NO_CLAUSE = ClauseBody("", {}, {}, Clause.Force.MUST, (), (), {}, ())


class ControlCheck:
    """Looks at one control after the other; keys are unique in the whole pack.

    `names` collects, for the places in texts, which values each control has.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.names: dict[str, frozenset[str]] = {}
        self._choices = Choices()

    def check(self, row: Any) -> None:
        """Name everything that is wrong with this control."""
        control = self.findings.mapping("controls", row)
        if control is None:
            return
        key = control.get("key")
        place = f"controls.{key}"
        before = len(self.findings.problems)
        if not isinstance(key, str) or not KEY.fullmatch(key):
            self.findings.add(place, _("A key of small letters, digits and dashes is needed."))
            return
        if key in self.names:
            self.findings.add(place, _("This key stands on two controls."))
        self.findings.known(place, control, CONTROL)
        self.findings.texts(f"{place}.title", control.get("title"))
        fixed = self.findings.mapping(f"{place}.with", control.get("with") or {}) or {}
        figures = self.findings.mapping(f"{place}.figures", control.get("figures") or {}) or {}
        self.names[key] = frozenset({*fixed, *figures})
        self._check_fixed_texts(place, fixed)
        for name, figure in figures.items():
            self._check_figure(f"{place}.figures.{name}", figure)
        kind = control_kinds().get(str(control.get("kind")))
        if kind is None:
            self.findings.add(
                f"{place}.kind", _("There is no kind “%(kind)s”.") % {"kind": control.get("kind")}
            )
        elif len(self.findings.problems) == before:
            self._check_values(place, control, kind)

    def _check_fixed_texts(self, place: str, fixed: dict[str, Any]) -> None:
        for name, value in fixed.items():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, dict):
                    self.findings.texts(f"{place}.with.{name}", text)

    def _check_figure(self, place: str, row: Any) -> None:
        figure = self.findings.mapping(place, row)
        if figure is None:
            return
        self.findings.known(place, figure, FIGURE)
        mark = figure.get("mark")
        if mark not in MARKS:
            self.findings.add(f"{place}.mark", _("normative, example or placeholder"))
        elif mark == "placeholder" and figure.get("value") is not None:
            self.findings.add(place, _("A placeholder has no value."))
        elif mark != "placeholder" and figure.get("value") is None:
            self.findings.add(place, _("A value is missing."))
        if mark == "placeholder" or figure.get("ask"):
            self.findings.texts(f"{place}.ask", figure.get("ask"))

    def _check_values(self, place: str, row: dict[str, Any], kind: ControlKind) -> None:
        figures = {param.name for param in kind.params if param.is_figure}
        for name in sorted(set(row.get("figures") or {}) - figures):
            self.findings.add(f"{place}.figures.{name}", _("This parameter is not a figure."))
        for name in sorted(set(row.get("with") or {}) & figures):
            self.findings.add(f"{place}.with.{name}", _("This is a figure: it needs its mark."))
        resolved = resolve_control(NO_CLAUSE, control_of(row), {})
        flaws = flaws_of(kind, resolved.values, unanswered=resolved.missing, choices=self._choices)
        for flaw in flaws:
            self.findings.add(f"{place}.{flaw.param}", flaw.message)
