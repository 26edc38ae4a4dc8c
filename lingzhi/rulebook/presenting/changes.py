"""What differs between two versions, in words and in values."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.rulebook.packs import param_of
from lingzhi.rulebook.queries import Change, ClauseChange, FigureChange

KINDS: dict[str, tuple[str | Promise, str]] = {
    "added": (_("added"), "good"),
    "removed": (_("removed"), "bad"),
    "changed": (_("changed"), "flow"),
}


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One value before and after."""

    label: str | Promise
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One clause that differs."""

    number: str
    heading: str
    kind: str | Promise
    tone: str
    words: list[Change]
    figures: list[ShownFigure]


def shown_changes(changes: Iterable[ClauseChange]) -> list[ShownChange]:
    return [_shown(one) for one in changes]


def _shown(one: ClauseChange) -> ShownChange:
    words, tone = KINDS[one.kind]
    clause = one.new or one.old
    heading = clause.heading if clause else ""
    figures = [ShownFigure(_label(one, figure), figure.old, figure.new) for figure in one.figures]
    return ShownChange(one.number, heading, words, tone, list(one.words), figures)


def _label(change: ClauseChange, figure: FigureChange) -> str | Promise:
    """What the parameter is called, by the kind of the control that has it."""
    for clause in (change.new, change.old):
        for control in clause.controls if clause else ():
            if control.key == figure.key:
                param = param_of(control.kind, figure.figure)
                return param.label if param else _("Kind of control")
    return figure.figure
