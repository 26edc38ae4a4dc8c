"""What the checks of data found, its history, and the records behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conformity.models import DataCount, DataFlaw
from lingzhi.core.clock import now, today
from lingzhi.core.quality import SORTS, QualityCheck, Words, quality_checks
from lingzhi.org.queries import reach

DAYS = 90  # whose records are checked
EXAMPLES = 20
POINTS = 30  # days of history that are drawn
WHOLE = "whole:"


def since() -> datetime:
    """The moment from which on records are checked."""
    return now() - timedelta(days=DAYS)


@dataclass(frozen=True, slots=True)
class ShownFlaw:
    """A flaw with its check and the share of flawed records, day by day."""

    row: DataFlaw
    check: QualityCheck
    trend: Sequence[float | None]

    @property
    def sort(self) -> Words:
        return SORTS[self.check.sort]

    @property
    def share(self) -> float | None:
        return self.row.found / self.row.asked if self.row.asked else None


@dataclass(frozen=True, slots=True)
class Completeness:
    """The share of records of a flow that have all they need, day by day."""

    code: str
    whole: int
    n: int
    trend: Sequence[float | None]

    @property
    def share(self) -> float | None:
        return self.whole / self.n if self.n else None


def flaws() -> list[ShownFlaw]:
    """Every check that has run: what is found first, then by the order of the apps."""
    checks, history = quality_checks(), _history()
    rows = DataFlaw.objects.select_related("owner").filter(code__in=checks)
    by_code = {row.code: row for row in rows}
    shown = [
        ShownFlaw(by_code[code], check, _shares(history.get(code, [])))
        for code, check in checks.items()
        if code in by_code
    ]
    return sorted(shown, key=lambda one: one.row.state == DataFlaw.State.CLEAN)


def completeness() -> list[Completeness]:
    """Each flow of data as of its last count."""
    return [
        Completeness(code.removeprefix(WHOLE), rows[-1].found, rows[-1].asked, _shares(rows))
        for code, rows in _history().items()
        if code.startswith(WHOLE)
    ]


def shown_flaw(row: DataFlaw) -> ShownFlaw:
    history = list(DataCount.objects.filter(code=row.code).order_by("-day")[:POINTS])
    return ShownFlaw(row, quality_checks()[row.code], _shares(history[::-1]))


def _history() -> Mapping[str, list[DataCount]]:
    first = today() - timedelta(days=POINTS)
    found: dict[str, list[DataCount]] = {}
    for row in DataCount.objects.filter(day__gte=first).order_by("day"):
        found.setdefault(row.code, []).append(row)
    return found


def _shares(rows: Sequence[DataCount]) -> list[float | None]:
    return [row.found / row.asked if row.asked else None for row in rows]


def examples(check: QualityCheck, user: User) -> list[tuple[str, str]]:
    """Names and addresses of the newest flawed records, as far as this person may see them."""
    if not user.can(check.sees):
        return []
    where = reach(user, check.sees)
    rows: Any = check.found(since())
    if check.unit_path and not where.is_everything:
        rows = rows.filter(where.over(check.unit_path, check.person))
    elif not where.is_everything:
        return []
    return [(check.name(row), check.url(row)) for row in rows[:EXAMPLES]]
