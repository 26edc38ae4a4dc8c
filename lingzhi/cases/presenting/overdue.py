"""The table of how often limits ran over, with names and intervals."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import CaseType, Clock, ClockKind
from lingzhi.cases.queries.overdue import Overdue, overdue_by
from lingzhi.org.models import Unit

MOST = 50  # lines of a table
MODELS: dict[str, Any] = {"unit": Unit, "type": CaseType, "person": User}


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """A line; has what a tally is asked for: hits are those that ran over."""

    name: str
    found: Overdue

    @property
    def hits(self) -> int:
        return self.found.late.numerator

    @property
    def judged(self) -> int:
        return self.found.late.denominator

    @property
    def reacted(self) -> int:
        return self.found.reacted.numerator

    @property
    def ratio(self) -> float | None:
        return self.found.late.ratio

    @property
    def low(self) -> float:
        return self.found.late.interval().low

    @property
    def high(self) -> float:
        return self.found.late.interval().high

    @property
    def is_enough(self) -> bool:
        return self.found.late.is_enough()


def overdue_lines(rows: QuerySet[Clock], what: str) -> list[OverdueLine]:
    """By unit, type, clock or person; those most surely late first."""
    found = overdue_by(rows, what)
    names = _names(what, [one.key for one in found])
    lines = [OverdueLine(names.get(one.key, "–"), one) for one in found]
    return sorted(lines, key=lambda one: (-one.low, -one.hits, one.name))[:MOST]


def _names(what: str, keys: list[Any]) -> dict[Any, str]:
    if what == "kind":
        return {key: str(ClockKind(key).label) for key in keys}
    rows = MODELS[what].objects.in_bulk([key for key in keys if key is not None])
    return {key: str(getattr(row, "name", row)) for key, row in rows.items()}
