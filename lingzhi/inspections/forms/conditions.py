"""The conditions of a rule as rows: a name, an operator, its parameters, where it looks."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.canonical import condition as canonical_condition
from lingzhi.inspections.forms.fields import field_of, initial_of
from lingzhi.inspections.forms.scopes import ScopeForm
from lingzhi.inspections.wording.operators import OPERATORS as WORDS
from lingzhi.inspections.wording.operators import operator_in_words
from lingzhi_engine.inspect import OPERATORS

NAME = re.compile(r"[^\W\d]\w*")
DEFAULT_OPERATOR = "text.keyword"
RARE = (
    "fold", "case_sensitive", "unit", "min_hits", "exclude", "synonyms", "spoken", "known",
    "min_length",
)  # fmt: skip


def operator_choices() -> list[tuple[str, str]]:
    """Operators in the engine's order, by their names."""
    return [(name, operator_in_words(name)) for name in OPERATORS]


class ConditionForm(forms.Form):
    """One row. Its fields follow from the operator chosen in it."""

    name = forms.RegexField(
        label=_("Called"),
        regex=NAME,
        max_length=60,
        error_messages={"invalid": _("Letters, digits and _; no digit first.")},
    )
    op = forms.ChoiceField(
        label=_("What is looked for"),
        choices=operator_choices,
        widget=forms.Select(
            attrs={
                "hx-post": "",
                "hx-vals": '{"do": "change"}',
                "hx-trigger": "change",
                "hx-target": "#rule-form",
                "hx-swap": "outerMorph",
            }
        ),
    )

    def __init__(self, data: Any = None, *, prefix: str, written: dict[str, Any]) -> None:
        super().__init__(data, prefix=prefix)
        self.written = written
        given = data.get(self.add_prefix("op")) if data is not None else written.get("op")
        self.operator = OPERATORS.get(str(given), OPERATORS[DEFAULT_OPERATOR])
        self.initial = {"name": written.get("name"), "op": self.operator.name}
        for param in self.operator.params:
            value = written.get(param.name, param.default)
            value = list(value) if isinstance(value, tuple) else value
            key = self.add_prefix(f"p_{param.name}")
            field = field_of(self.operator.name, param, data.get(key) if data else value)
            self.fields[f"p_{param.name}"] = field
            self.initial[f"p_{param.name}"] = initial_of(field, value)

    @cached_property
    def scope_form(self) -> ScopeForm:
        return ScopeForm(
            self.data if self.is_bound else None,
            prefix=f"{self.prefix}-scope",
            written=self.written.get("scope") or {},
            nobody=str(_("as the rule")),
        )

    def is_valid(self) -> bool:
        return super().is_valid() & self.scope_form.is_valid()

    def condition(self) -> dict[str, Any]:
        """The condition as rule files write it, of what could be read."""
        found: dict[str, Any] = {"op": self.operator.name}
        for param in self.operator.params:
            value = self.cleaned_data.get(f"p_{param.name}")
            if value not in (None, "", []):
                found[param.name] = value
        if hasattr(self.scope_form, "cleaned_data"):
            found["scope"] = self.scope_form.scope()
        return dict(canonical_condition(found))

    @property
    def is_scope_used(self) -> bool:
        """Whether this condition looks elsewhere than the rule."""
        role = self.scope_form["role"].value()
        return bool(role) or self.scope_form.is_used

    def put(self, path: tuple[str, ...], words: str) -> bool:
        """Show what is wrong with a parameter (`words.2`) beside its field."""
        if path[0] == "scope":
            field = path[1] if len(path) > 1 else ""
            if field not in self.scope_form.fields:
                return False
            self.scope_form.add_error(field, words)
            return True
        field = f"p_{path[0]}" if path[0] != "op" else "op"
        if field not in self.fields:
            return False
        place = " › ".join(path[1:])
        self.add_error(field, f"{place}: {words}" if place else words)
        return True

    @property
    def question(self) -> str:
        """What the operator asks, in one sentence."""
        return str(WORDS.get(self.operator.name, ("", ""))[1])

    def _params(self, *, rare: bool) -> Iterator[BoundField]:
        for param in self.operator.params:
            if (param.name in RARE) is rare:
                yield self[f"p_{param.name}"]

    @property
    def usual(self) -> list[BoundField]:
        """Parameters that are mostly needed."""
        return list(self._params(rare=False))

    @property
    def rare(self) -> list[BoundField]:
        """Parameters that mostly stay as they are."""
        return list(self._params(rare=True))

    @property
    def is_rare_used(self) -> bool:
        """Whether a rare one differs from what it usually is."""
        return any(
            self.written.get(param.name) not in (None, param.default)
            for param in self.operator.params
            if param.name in RARE
        ) or any(field.errors for field in self.rare)


class ConditionRows:
    """All rows of a rule, numbered from 0 in the form's data."""

    PREFIX = "c"

    def __init__(self, data: Any = None, written: dict[str, Any] | None = None) -> None:
        self.data = data
        if data is None:
            several = [{"name": name, **_plain(one)} for name, one in (written or {}).items()]
        else:
            several = [{}] * _count(data)
        self.forms = [
            ConditionForm(data, prefix=f"{self.PREFIX}{at}", written=one)
            for at, one in enumerate(several)
        ]

    def is_valid(self) -> bool:
        """Every row is valid, and no name stands twice."""
        valid = all([form.is_valid() for form in self.forms])  # all of them, to show every error
        seen: set[str] = set()
        for form in self.forms:
            name = form.cleaned_data.get("name", "")
            if name and name in seen:
                form.add_error("name", _("This name stands in another row."))
                valid = False
            seen.add(name)
        return valid

    def conditions(self) -> dict[str, Any]:
        """The conditions by name, of what could be read."""
        return {
            form.cleaned_data["name"]: form.condition()
            for form in self.forms
            if "name" in form.cleaned_data
        }


def _plain(condition: Any) -> dict[str, Any]:
    return condition if isinstance(condition, dict) else {}


def _count(data: Any) -> int:
    given = data.get("c_count", "")
    return min(int(given), 100) if given.isdecimal() else 0
