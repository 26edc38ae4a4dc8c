"""Conformity as a table: one row a clause."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.conformity.presenting.clauses import Chapter, Line
from lingzhi.core.templatetags.labels import CONFORMITIES


def header() -> list[str]:
    """The names of the columns."""
    return [
        _("Clause"),
        _("Title"),
        _("Text"),
        _("State"),
        _("Deciding control"),
        _("Checked"),
        _("Kept"),
        _("Not kept"),
        _("Cannot be judged"),
        _("Share kept (%)"),
        _("Lower end of the interval (%)"),
        _("Upper end of the interval (%)"),
        _("Share needed (%)"),
        _("Looked back at"),
        _("Responsible post"),
        _("Requirements"),
    ]


def rows(chapters: Iterable[Chapter]) -> list[Sequence[Any]]:
    """One row a clause, in their order."""
    return [_row(line) for chapter in chapters for line in chapter.lines]


def _row(line: Line) -> list[Any]:
    standing = line.standing
    clause, figure = standing.clause, line.figure
    numbers: list[Any] = [""] * 8
    if figure is not None:
        found = figure.evidence
        numbers = [
            found.checked,
            found.kept,
            found.broken,
            found.unknown,
            *map(_percent, (figure.ratio, figure.low, figure.high, figure.needed)),
        ]
    return [
        clause.number,
        clause.heading,
        line.words,
        str(CONFORMITIES[standing.state][0]),
        standing.decisive.control.words if standing.decisive else "",
        *numbers,
        _("yes") if standing.is_looking_back else "",
        line.post,
        " ".join(clause.requirements),
    ]


def _percent(share: float | None) -> Any:
    return "" if share is None else round(share * 100, 2)
