"""What can be adopted, and what a draft still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lingzhi.core.controls import Param
from lingzhi.rulebook.conflicts import Conflict, conflicts_among, with_decisions
from lingzhi.rulebook.models import Regulation, Version
from lingzhi.rulebook.packs import (
    ClauseBody,
    Content,
    ControlBody,
    Figure,
    PackProblem,
    checked_pack,
    content_of,
    pack_codes,
    param_of,
    resolve,
    said,
    say,
    shipped_codes,
)
from lingzhi.rulebook.packs.resolving import Resolved, answered
from lingzhi.rulebook.queries.elsewhere import controls_elsewhere


@dataclass(frozen=True)
class Offer:
    """A pack that can be adopted; with `problems` it cannot, and has no content."""

    code: str
    title: str
    is_own: bool
    content: Content | None
    problems: Sequence[PackProblem]
    regulations: Sequence[Regulation]

    @property
    def system(self) -> str:
        return self.content.system if self.content else ""

    @property
    def clauses(self) -> int:
        """The number of its clauses, headings apart."""
        rows = self.content.clauses if self.content else ()
        return sum(clause.force != "heading" for clause in rows)

    @property
    def controls(self) -> int:
        return len(list(self.content.controls())) if self.content else 0


def library() -> list[Offer]:
    """Every pack, those of the program first."""
    adopted: dict[str, list[Regulation]] = {}
    for regulation in Regulation.objects.select_related("unit"):
        adopted.setdefault(regulation.pack, []).append(regulation)
    shipped = set(shipped_codes())
    return [_offer(code, code not in shipped, adopted.get(code, [])) for code in pack_codes()]


def _offer(code: str, is_own: bool, regulations: Sequence[Regulation]) -> Offer:
    body, problems = checked_pack(code)
    content = None if problems else content_of(body)
    title = body.get("title")
    shown = said(title) if isinstance(title, dict) and title else code
    return Offer(code, shown, is_own, content, problems, regulations)


@dataclass(frozen=True)
class Asked:
    """One figure of a draft, as the wizard asks for it.

    `value` is the answer, else the example or normative value, else None; `is_answered` says
    whether the adopter set it.
    """

    clause: ClauseBody
    control: ControlBody
    figure: Figure
    param: Param | None
    value: Any
    unit: str
    is_answered: bool

    @property
    def said(self) -> str:
        return say(self.control.kind, self.figure.name, self.value, self.unit)

    @property
    def is_gap(self) -> bool:
        return self.value is None

    @property
    def question(self) -> str:
        """What to ask: the pack's own question, else the name of the parameter."""
        return self.figure.question or str(self.param.label if self.param else self.figure.name)


def questions_of(version: Version) -> list[Asked]:
    """Every figure of a version in order."""
    return [
        asked
        for clause, control in content_of(version.body).controls()
        for asked in _asked(clause, control, version.answers.get(control.key, {}))
    ]


def _asked(clause: ClauseBody, control: ControlBody, answers: dict[str, Any]) -> list[Asked]:
    found = []
    for name, figure in control.figures.items():
        value, unit = answered(answers.get(name), figure.value, figure.unit)
        is_answered = answers.get(name) is not None
        param = param_of(control.kind, name)
        found.append(Asked(clause, control, figure, param, value, unit, is_answered))
    return found


def gaps_of(version: Version) -> list[Asked]:
    """Placeholders that nobody has answered: with one of these a version cannot be submitted."""
    return [asked for asked in questions_of(version) if asked.is_gap]


def resolved_of(version: Version) -> list[Resolved]:
    """Every control of a version with its values as they stand."""
    return resolve(content_of(version.body), version.answers)


def conflicts_of(version: Version) -> list[Conflict]:
    """Conflicts within a version and with what else is in force around its unit, with decisions."""
    found = conflicts_among(
        resolved_of(version),
        controls_elsewhere(version),
        is_uniform=content_of(version.body).is_uniform,
    )
    return with_decisions(found, version.resolutions)
