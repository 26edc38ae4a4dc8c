"""What rules found, added up: from the sums that are kept, and counted now where they do not hold.

The sums of a day hold as long as nothing about its contacts changed and the rules mean the same
(`models.tallies`). Other days are counted as they are asked for, so a page is never behind.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from operator import attrgetter

import numpy as np
import numpy.typing as npt
from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.days import UNDATED
from lingzhi.contacts.models import Contact, Day
from lingzhi.contacts.queries import Filters, published, visible_to
from lingzhi.core.clock import midnight
from lingzhi.inspections.models import CountedDay, DayTally
from lingzhi.inspections.queries.asking import RuleFilters
from lingzhi.inspections.queries.columns import Columns
from lingzhi.inspections.queries.tallying import (
    LETTERS,
    Key,
    Numbers,
    Reason,
    cells_of,
    unknown_findings,
    unpacked,
)
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, step_of

DAY = timedelta(days=1)
COUNTS = ("talks", "unanswered", "inspected", "scored")
Counts = npt.NDArray[np.int64]
Reasons = Callable[[], Counter[Reason]]


@dataclass(frozen=True)
class Tallies:
    """Cells of `columns`: `numbers[i, j, k]` says how often column j gave `LETTERS[k]` in cell i.

    `counts[i]` are `COUNTS`: its conversations, its calls that nobody answered, what of it rules
    judged, and what people scored.
    """

    columns: Columns
    keys: list[Key]
    counts: Counts
    numbers: Numbers
    reasons: Reasons = field(compare=False)

    @property
    def talks(self) -> int:
        """How many conversations there are."""
        return int(self.counts[:, 0].sum())

    @property
    def unanswered(self) -> int:
        """How many calls nobody answered."""
        return int(self.counts[:, 1].sum())

    @property
    def inspected(self) -> int:
        """How many of the conversations rules judged."""
        return int(self.counts[:, 2].sum())

    @property
    def scored(self) -> int:
        """How many of the conversations people scored."""
        return int(self.counts[:, 3].sum())

    def asked(self, filters: RuleFilters) -> Numbers:
        """Cells by letters for the rules asked about; what no rule was asked about is all zero."""
        place = self.columns.place(filters)
        if place is None:
            return np.zeros((len(self.keys), len(LETTERS)), np.uint32)
        found: Numbers = self.numbers[:, place]
        return found


def tallies_of(contacts: QuerySet[Contact], columns: Columns | None = None) -> Tallies:
    """These contacts, counted now."""
    columns = columns or Columns.now()
    cells = cells_of(contacts, columns)
    nothing = np.zeros((len(columns), len(LETTERS)), np.uint32)
    numbers = [nothing if one.numbers is None else one.numbers for one in cells.values()]
    counts = [attrgetter(*COUNTS)(one) for one in cells.values()]
    return Tallies(
        columns,
        list(cells),
        np.array(counts, np.int64).reshape(-1, len(COUNTS)),
        np.stack(numbers) if numbers else np.empty((0, *nothing.shape), np.uint32),
        reasons=lambda: _reasons_of(contacts, columns),
    )


def _reasons_of(contacts: QuerySet[Contact], columns: Columns) -> Counter[Reason]:
    rows = unknown_findings(contacts, columns).values_list("version__rule_id", "reason", "detail")
    counted = rows.annotate(n=Count("pk"))
    return Counter({(rule, reason, detail): n for rule, reason, detail, n in counted})


def tallies_visible_to(user: User, capability: str, filters: Filters) -> Tallies:
    """What `user` may see, narrowed by days, channel, team and agent."""
    where = reach(user, capability)
    within = where.over("unit__path", "agent_id")
    contacts = visible_to(user, capability)
    return _tallies(within, contacts, filters, is_everything=where.is_everything)


def tallies_within(unit: Unit, filters: Filters) -> Tallies:
    """A unit and everything below it; the company's include those of no team."""
    below, is_company = Q(unit__path__startswith=unit.path), unit.parent_id is None
    contacts = published().filter(below | Q(unit=None) if is_company else below)
    return _tallies(below, contacts, filters, is_everything=is_company)


def _tallies(
    within: Q, contacts: QuerySet[Contact], filters: Filters, *, is_everything: bool
) -> Tallies:
    """`within` narrows the sums that are kept as `contacts` are narrowed, but for those of no
    team: who sees them depends on who brought them in, unless one sees everything.
    """
    columns = Columns.now()
    days, stale = _days(filters, columns)
    of_no_team = Q(unit=None)
    within = within | of_no_team if is_everything else within & ~of_no_team
    now = _on(stale) if is_everything else _on(stale) | of_no_team
    kept = _narrowed(DayTally.objects.filter(within, counted__in=list(days)), filters)
    live = filters.apply(contacts).filter(now if days else Q())
    return _together(_kept(kept, days, columns), tallies_of(live, columns))


def stale_days(columns: Columns) -> list[date]:
    """The days whose sums do not hold, the newest first."""
    return sorted(_days(Filters(), columns)[1], reverse=True)


def _days(filters: Filters, columns: Columns) -> tuple[dict[int, date], list[date]]:
    """The days asked about whose sums hold by the ids of the sums, and the other days."""
    days = Day.objects.order_by()
    if filters.from_on:
        days = days.filter(day__gte=filters.from_on)
    if filters.to_on:
        days = days.filter(day__lte=filters.to_on)
    changes = dict(days.values_list("day", "changes"))
    kept = CountedDay.objects.filter(day__in=days.values("day"), meaning=columns.meaning)
    hold = {
        pk: day
        for pk, day, number in kept.values_list("pk", "day", "changes")
        if changes.get(day) == number
    }
    kept_days = set(hold.values())
    return hold, [day for day in changes if day not in kept_days]


def _on(days: Iterable[date]) -> Q:
    """Contacts of these days, run by run."""
    found = Q(pk__in=[])
    runs: list[list[date]] = []
    for day in sorted(days):
        if day == UNDATED:
            found |= Q(started_at=None)
        elif runs and runs[-1][-1] + DAY == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        found |= Q(started_at__gte=midnight(run[0]), started_at__lt=midnight(run[-1] + DAY))
    return found


def _narrowed(rows: QuerySet[DayTally], filters: Filters) -> QuerySet[DayTally]:
    if filters.channel:
        rows = rows.filter(channel__code=filters.channel)
    if filters.agent:
        rows = rows.filter(agent__staff_no=filters.agent)
    if filters.unit:
        rows = rows.filter(unit__path__contains=step_of(filters.unit))
    return rows


def _kept(rows: QuerySet[DayTally], days: Mapping[int, date], columns: Columns) -> Tallies:
    """`days` by the ids of their sums: thousands of rows would each read their date anew."""
    place = ("counted_id", "unit_id", "agent_id", "channel_id")
    found = list(rows.order_by().values_list(*place, *COUNTS, "numbers"))
    return Tallies(
        columns,
        [Key(days[row[0]], *row[1 : len(place)]) for row in found],
        np.array([row[len(place) : -1] for row in found], np.int64).reshape(
            len(found), len(COUNTS)
        ),
        unpacked([row[-1] for row in found], len(columns)),
        reasons=lambda: _reasons_kept(rows),
    )


def _reasons_kept(rows: QuerySet[DayTally]) -> Counter[Reason]:
    texts = rows.order_by().exclude(reasons="[]").values_list("reasons", flat=True)
    found: Counter[Reason] = Counter()
    for rule, code, detail, n in chain.from_iterable(json.loads(f"[{','.join(texts)}]")):
        found[rule, code, detail] += n
    return found


def _together(one: Tallies, other: Tallies) -> Tallies:
    """Both; keys may come twice."""
    return Tallies(
        one.columns,
        one.keys + other.keys,
        np.concatenate([one.counts, other.counts]),
        np.concatenate([one.numbers, other.numbers]),
        reasons=lambda: one.reasons() + other.reasons(),
    )
