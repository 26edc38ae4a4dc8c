"""Pivoting facts (多维分析): the cells a person may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi.reports.facts import Amount, Axis, FactTable, units_above
from lingzhi.reports.facts.table import KEY
from lingzhi.reports.models import Pivot
from lingzhi.reports.queries.facts import files_of, stale_days
from lingzhi_engine.pivot import Question, Sums, Within, keys_of, quantiles, summed

READ = "kpis.read"
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: amounts by one or two axes downwards and perhaps one across; `only` narrows
    the facts further."""

    table: FactTable
    down: Sequence[Axis]
    across: Axis | None
    amounts: Sequence[Amount]
    first: date
    last: date
    unit: Unit | None = None
    channel: str = ""
    only: Sequence[Within] = ()

    @property
    def axes(self) -> list[Axis]:
        return [*self.down, *([self.across] if self.across else [])]


@dataclass(frozen=True, slots=True)
class Cells:
    """The sums by the values of the axes; `waiting` days changed since their facts were written."""

    asked: Asked
    sums: dict[Key, list[Sums]]
    waiting: int
    oldest: datetime | None


def pivoted(asked: Asked, user: User) -> Cells:
    """The cells. Raises TooManyCells of the engine."""
    files, oldest = files_of(asked.table, asked.first, asked.last)
    sums = summed(files, _question(asked, user), {"units": units_above()})
    waiting = sum(asked.first <= day <= asked.last for day, _version in stale_days(asked.table))
    return Cells(asked, sums, waiting, oldest)


def keys_behind(asked: Asked, user: User) -> list[int]:
    """The rows of the database that these facts were read from, those of the newest day first."""
    files, _oldest = files_of(asked.table, asked.first, asked.last)
    return keys_of(files, _question(asked, user), KEY, {"units": units_above()})


def quantiles_of(asked: Asked, user: User, shares: Sequence[float]) -> list[float] | None:
    """Of the one mean asked for, what so large shares of its cases do not exceed; None: none."""
    files, _oldest = files_of(asked.table, asked.first, asked.last)
    return quantiles(files, _question(asked, user), shares, {"units": units_above()})


def _question(asked: Asked, user: User) -> Question:
    return Question(
        [axis.dimension for axis in asked.axes],
        [amount.measure for amount in asked.amounts],
        asked.first,
        asked.last,
        [*_within_reach(user), *_narrowed(asked), *asked.only],
    )


def _within_reach(user: User) -> Iterator[Within]:
    """Whoever sees the whole company sees what belongs to no team, too."""
    where = reach(user, READ)
    if where.is_everything:
        return
    own = (Within("agent", [user.pk]),) if where.is_own else ()
    yield Within("unit", list(where.units.values_list("pk", flat=True)), own)


def _narrowed(asked: Asked) -> Iterator[Within]:
    if asked.unit is not None and asked.unit.parent_id is not None:
        below = Unit.objects.filter(path__startswith=asked.unit.path)
        yield Within("unit", list(below.values_list("pk", flat=True)))
    if asked.channel:
        yield Within("channel", [asked.channel])


def pivots_of(user: User) -> QuerySet[Pivot]:
    """What this person keeps, and what others share."""
    return Pivot.objects.filter(Q(kept_by=user) | Q(is_shared=True)).select_related("kept_by")
