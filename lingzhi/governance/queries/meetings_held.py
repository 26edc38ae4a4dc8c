"""Whether meetings that a rulebook asks for were held, period by period (会议是否按期召开)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from lingzhi.core.clock import today
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.governance.models import Attendee, Meeting, Series
from lingzhi.governance.queries.dates import days_of, works_on
from lingzhi.kpis.queries import completed
from lingzhi.org.queries.activities_held import periods_over

State = Meeting.State
DAY = timedelta(days=1)
CALENDAR = {"monthly", "quarterly", "yearly"}
KEPT, BROKEN, UNKNOWN = Evidence(kept=1), Evidence(broken=1), Evidence(unknown=1)
AROUND = timedelta(days=14)  # no holiday is longer


@dataclass(frozen=True, slots=True)
class _Held:
    """The days of a series' meetings with their states, and on which days its unit works."""

    days: Sequence[tuple[date, str]]
    works: Callable[[date], bool]

    def check(self, begin: date, end: date) -> Evidence:
        """One period; nothing is asked where nobody worked in it."""
        found = {state for day, state in self.days if begin <= day <= end}
        if State.CONFIRMED in found:
            return KEPT
        if State.WRITTEN in found:
            return UNKNOWN
        days = (begin + number * DAY for number in range((end - begin).days + 1))
        return BROKEN if any(self.works(day) for day in days) else Evidence()


def demand_of(reference: str) -> str:
    """A clause's control whatever its version: the pack and the key of `s15 3.3.2 quality`."""
    parts = reference.split()
    return f"{parts[0]} {parts[-1]}"


def meetings_held(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding one check a period that is over and a series that says it answers it.

    Kept: held, and its minutes confirmed. Broken: not held. Unknown: held without confirmed
    minutes; and where no series answers the clause, or not yet, nobody noted what was held.
    """
    series = [one for one in Series.objects.select_related("unit") if one.demands]
    held = {one.pk: _held(one, first, last) for one in series}
    return [dict(_days(one, series, held, first, last)) for one in bindings]


def _held(series: Series, first: date, last: date) -> _Held:
    """Its meetings; one that a day off moved counts on the day of the rhythm."""
    present = Attendee.objects.filter(meeting=OuterRef("pk"), presence="present")
    rows = series.meetings.exclude(state=State.CANCELLED).annotate(some_came=Exists(present))
    rhythm = days_of(series, first - AROUND, last + AROUND)
    found = []
    for one in rows:
        day = localdate(one.begins_at)
        state = State.WRITTEN if one.state == State.FIXED and one.some_came else one.state
        found.append((rhythm.get(day, day) if day == one.planned_on else day, state))
    return _Held(found, works_on(series))


def _days(
    binding: Binding, series: Sequence[Series], held: Mapping[int, _Held], first: date, last: date
) -> Iterator[tuple[date, Evidence]]:
    wanted = demand_of(binding.reference)
    mine = [one for one in series if wanted in one.demands and binding.holds_for(one.unit.path)]
    for begin, end in _periods(str(binding.values["cadence"]), first, last):
        if begin < binding.from_on:
            continue
        there = [held[one.pk].check(begin, end) for one in mine if _runs(one, end)]
        found = sum(there, Evidence()) if there else UNKNOWN
        if found != Evidence():
            yield end, found


def _periods(cadence: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Periods that are over; what is held "each time" has none."""
    if cadence in CALENDAR:
        yield from periods_over(cadence, first, last)
    elif cadence in ("daily", "weekly"):
        for one in completed(cadence, first, min(last, today() - DAY)):
            yield one.first, one.last


def _runs(series: Series, end: date) -> bool:
    """Whether its first meeting was due by then, and it had not ended."""
    is_over = series.ended_at is not None and localdate(series.ended_at) < end
    return series.first_on <= end and not is_over
