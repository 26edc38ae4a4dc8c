"""A clock of a case as the engine sees it: its rule, its events, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from lingzhi.cases.models import Clock, ClockEvent
from lingzhi.org.models import Calendar
from lingzhi.org.queries.calendars import working_time
from lingzhi_engine.clock import (
    Cancelled,
    Event,
    Ledger,
    Level,
    Limit,
    Met,
    NotPublished,
    NoWorkingTime,
    Opened,
    Outcome,
    Paused,
    Resumed,
    Rule,
    TimeBase,
    Unit,
    WorkingTime,
    escalations,
    replay,
)

AT_THE_MOMENT = Limit(0, Unit.SECONDS, TimeBase.ROUND_THE_CLOCK)
WARNS_PERCENT = 75  # of the time up to a promise
EVENTS: dict[str, type[Event]] = {
    ClockEvent.Kind.OPENED: Opened,
    ClockEvent.Kind.PAUSED: Paused,
    ClockEvent.Kind.RESUMED: Resumed,
    ClockEvent.Kind.MET: Met,
    ClockEvent.Kind.CANCELLED: Cancelled,
}


class Times:
    """Compiled calendars, each read once: keep it while you work through clocks."""

    def __init__(self) -> None:
        self._known: dict[int, WorkingTime | None] = {}

    def of(self, calendar: Calendar | None) -> WorkingTime | None:
        """The calendar's working time; None without a calendar, or where nobody ever works."""
        if calendar is None:
            return None
        if calendar.pk not in self._known:
            try:
                self._known[calendar.pk] = working_time(calendar)
            except NoWorkingTime:
                self._known[calendar.pk] = None
        return self._known[calendar.pk]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a clock stands after its events.

    `unpublished_on` says why `due_at` is unknown; without it there is no calendar to reckon by.

    `verdict` is empty while it is open, and where the due time is not known: nothing unknown
    counts as in time or as too late.
    """

    state: str
    due_at: datetime | None = None
    warn_at: datetime | None = None
    unpublished_on: date | None = None
    verdict: str = ""
    judged_at: datetime | None = None


def rule_of(clock: Clock, times: Times) -> Rule | None:
    """What it is judged by; None where business time counts and there is no calendar."""
    everywhen = WorkingTime.round_the_clock(timezone.get_default_timezone())
    if clock.rule is None:
        return Rule("promise", AT_THE_MOMENT, everywhen, due_at=clock.promised_at)
    limit = clock.rule.limit
    calendar = times.of(clock.calendar)
    if calendar is None and limit.base is TimeBase.ROUND_THE_CLOCK:
        calendar = everywhen
    return None if calendar is None else Rule(str(clock.rule), limit, calendar)


def ledger_of(clock: Clock, events: Iterable[ClockEvent], times: Times) -> Ledger | None:
    """Its ledger, replayed; None without a calendar. Raises NotPublished."""
    rule = rule_of(clock, times)
    if rule is None:
        return None
    return replay(rule, [EVENTS[one.kind](one.at, reason=one.reason) for one in events])


def standing_of(clock: Clock, events: Iterable[ClockEvent], times: Times) -> Standing:
    """Where it stands after its events."""
    rows = list(events)
    state = _state(rows)
    try:
        ledger = ledger_of(clock, rows, times)
    except NotPublished as problem:
        return Standing(state, unpublished_on=problem.day)
    if ledger is None:
        return Standing(state)
    verdict, judged_at = _verdict(ledger)
    return Standing(
        state, ledger.due_at, _warn_at(clock, ledger), ledger.due.unpublished, verdict, judged_at
    )


def _state(rows: list[ClockEvent]) -> str:
    last = rows[-1].kind
    if last in (ClockEvent.Kind.MET, ClockEvent.Kind.CANCELLED):
        return Clock.State.ENDED
    return Clock.State.PAUSED if last == ClockEvent.Kind.PAUSED else Clock.State.RUNNING


def _verdict(ledger: Ledger) -> tuple[str, datetime | None]:
    is_unknown = ledger.state is Outcome.MET and ledger.due.unpublished is not None
    if not ledger.verdicts or (is_unknown and not ledger.is_late):
        return "", None
    first = ledger.verdicts[0]
    return Clock.Verdict(first.outcome.value), first.at


def _warn_at(clock: Clock, ledger: Ledger) -> datetime | None:
    percent = WARNS_PERCENT if clock.rule is None else clock.rule.warns_percent
    if not percent:
        return None
    levels = escalations(ledger, [Level("warning", percent=percent)])
    return next((one.reached_at for one in levels), None)
