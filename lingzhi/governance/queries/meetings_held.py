"""Whether meetings that a rulebook asks for were held, period by period (会议是否按期召开)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from lingzhi.core.clock import today
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.governance.models import Attendee, Meeting, Series
from lingzhi.kpis.queries import completed
from lingzhi.org.queries.activities_held import periods_over

State = Meeting.State
DAY = timedelta(days=1)
CALENDAR = {"monthly", "quarterly", "yearly"}
KEPT, BROKEN, UNKNOWN = Evidence(kept=1), Evidence(broken=1), Evidence(unknown=1)
Held = dict[int, list[tuple[date, str]]]  # of each series the days of its meetings, with states


def demand_of(reference: str) -> str:
    """A clause's control whatever its version: the pack and the key of `s15 3.3.2 quality`."""
    parts = reference.split()
    return f"{parts[0]} {parts[-1]}"


def meetings_held(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding one check a period that is over and a series that says it answers it.

    Kept: held, and its minutes confirmed. Broken: not held. Unknown: held without confirmed
    minutes; and where no series answers the clause, or not yet, nobody noted what was held.
    """
    series = list(Series.objects.select_related("unit"))
    present = Attendee.objects.filter(meeting=OuterRef("pk"), presence="present")
    rows = Meeting.objects.filter(series__in=series).annotate(some_came=Exists(present))
    held: Held = {}
    for one in rows:
        state = State.WRITTEN if one.state == State.FIXED and one.some_came else one.state
        held.setdefault(one.series_id, []).append((localdate(one.begins_at), state))
    return [dict(_days(one, series, held, first, last)) for one in bindings]


def _days(
    binding: Binding, series: Sequence[Series], held: Held, first: date, last: date
) -> Iterator[tuple[date, Evidence]]:
    wanted = demand_of(binding.reference)
    mine = [one for one in series if wanted in one.demands and binding.holds_for(one.unit.path)]
    for begin, end in _periods(str(binding.values["cadence"]), first, last):
        if begin < binding.from_on:
            continue
        there = [_check(one, held.get(one.pk, ()), begin, end) for one in mine]
        judged = [one for one in there if one is not None]
        yield end, sum(judged, Evidence()) if judged else UNKNOWN


def _periods(cadence: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Periods that are over; what is held "each time" has none."""
    if cadence in CALENDAR:
        yield from periods_over(cadence, first, last)
    elif cadence in ("daily", "weekly"):
        for one in completed(cadence, first, min(last, today() - DAY)):
            yield one.first, one.last


def _check(
    series: Series, held: Sequence[tuple[date, str]], begin: date, end: date
) -> Evidence | None:
    """One series in one period; None before its first meeting and after its end."""
    is_over = series.ended_at is not None and localdate(series.ended_at) < end
    if series.first_on > end or is_over:
        return None
    found = {state for day, state in held if begin <= day <= end}
    if State.CONFIRMED in found:
        return KEPT
    return UNKNOWN if State.WRITTEN in found else BROKEN
