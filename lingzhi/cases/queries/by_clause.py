"""Of rows that clauses set: which hold for a unit, and which hold where another one does not."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q

from lingzhi.cases.models.by_clause import ByClause

Row = TypeVar("Row", bound=ByClause)


def holding(rows: Iterable[Row], path: str) -> list[Row]:
    """The rows that hold for the unit with this path, the house's own among them.

    Where one clause is in force for a unit and again, by a regulation of its own, for one below
    it, the nearer one holds. `holds_in` is loaded.
    """
    found = list(rows)
    nearest: dict[str, str] = {}
    for row in found:
        place = _place(row)
        if path.startswith(place) and len(place) >= len(nearest.get(row.reference, "")):
            nearest[row.reference] = place
    return [row for row in found if nearest.get(row.reference) == _place(row)]


def _place(row: ByClause) -> str:
    return row.holds_in.path if row.holds_in is not None else ""


def within(rule: ByClause, others: Iterable[ByClause], path: str = "unit__path") -> Q:
    """A filter for where a rule holds: all of its unit but what another one of its clause took.

    `others` are the rows that may have; `path` is a lookup such as `unit__path`.
    """
    if rule.holds_in is None:
        return Q()
    found = Q(**{f"{path}__startswith": rule.holds_in.path})
    for one in others:
        is_below = _place(one).startswith(_place(rule)) and _place(one) != _place(rule)
        if one.reference == rule.reference and is_below:
            found &= ~Q(**{f"{path}__startswith": _place(one)})
    return found
