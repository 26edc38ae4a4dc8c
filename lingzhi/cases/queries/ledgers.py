"""A clock of a case as the engine sees it: its rules, its events, and where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from lingzhi.cases.models import CalendarVersion, Clock, ClockEvent, ClockRule
from lingzhi.cases.queries.calendars import compiled
from lingzhi.core.clock import now
from lingzhi_engine.clock import (
    Cancelled,
    Event,
    Extended,
    Ledger,
    Level,
    Limit,
    Met,
    NotPublished,
    Opened,
    Outcome,
    Paused,
    Resumed,
    Rule,
    RuleChanged,
    TimeBase,
    Unit,
    WorkingTime,
    at_moment,
    changes_at,
    escalations,
    replay,
)

AT_THE_MOMENT = Limit(0, Unit.SECONDS, TimeBase.ROUND_THE_CLOCK)
WARNS_PERCENT = 75  # of the time up to a promise
Act = ClockEvent.Kind
SIMPLE: dict[str, type[Event]] = {
    Act.OPENED: Opened,
    Act.RESUMED: Resumed,
    Act.MET: Met,
    Act.CANCELLED: Cancelled,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a clock stands after its events.

    `unpublished_on` says why `due_at` is unknown; without it there is no calendar to reckon by.

    `verdict` is empty while it is open, and where the due time is not known: nothing unknown
    counts as in time or as too late. `wakes_at` is when a wait will have used up its cap.
    """

    state: str
    due_at: datetime | None = None
    warn_at: datetime | None = None
    unpublished_on: date | None = None
    verdict: str = ""
    judged_at: datetime | None = None
    was_over_before: bool = False
    wakes_at: datetime | None = None


def lines_of(clock: Clock) -> QuerySet[ClockEvent]:
    """The lines of its ledger with the terms that each brought."""
    return clock.events.select_related("rule", "calendar_version__calendar", "by")


def rule_from(clock: Clock, rule: ClockRule | None, version: CalendarVersion | None) -> Rule | None:
    """What a clock is judged by under these terms; None where its business time is not known."""
    everywhen = WorkingTime.round_the_clock(timezone.get_default_timezone())
    if rule is None:
        return Rule("promise", AT_THE_MOMENT, everywhen, due_at=clock.promised_at)
    time = compiled(version.content) if version else None
    if time is None and rule.limit.base is TimeBase.ROUND_THE_CLOCK:
        time = everywhen
    if time is None:
        return None
    cap = None if rule.pause_cap is None else rule.pause_cap * 60
    return Rule(f"{rule} · {version}" if version else str(rule), rule.limit, time, cap)


def story_of(clock: Clock, rows: Sequence[ClockEvent]) -> tuple[Rule, list[Event]] | None:
    """Its first rule and its events; None where the terms in force now cannot be reckoned by.

    Terms that could not be reckoned by are left out: those that came after judge from the begin.
    """
    terms = {
        row.pk: rule_from(clock, row.rule, row.calendar_version)
        for row in rows
        if row.kind in (Act.OPENED, Act.RULE_CHANGED)
    }
    known = [(key, rule) for key, rule in terms.items() if rule]
    if not known or list(terms.values())[-1] is None:
        return None
    first_key, first = known[0]
    ruling = first
    events: list[Event] = []
    for row in rows:
        if row.kind != Act.RULE_CHANGED:
            events.append(_event(row, ruling))
        elif (rule := terms[row.pk]) and row.pk != first_key:
            ruling = rule
            events.append(RuleChanged(row.at, rule, reason=row.reason))
    return first, events


def _event(row: ClockEvent, rule: Rule) -> Event:
    if row.kind == Act.PAUSED:
        return Paused(row.at, row.gives_back, reason=row.reason)
    if row.kind == Act.EXTENDED:
        extra = Limit(row.amount or 0, Unit(row.unit), rule.limit.base)
        return Extended(row.at, extra, reason=row.reason)
    return SIMPLE[row.kind](row.at, reason=row.reason)


def ledger_of(clock: Clock, events: Iterable[ClockEvent]) -> Ledger | None:
    """Its ledger, replayed; None without a calendar. Raises NotPublished."""
    story = story_of(clock, list(events))
    return None if story is None else replay(*story)


def standing_of(clock: Clock, events: Iterable[ClockEvent]) -> Standing:
    """Where it stands after its events; a wait beyond its cap counts on."""
    rows = list(events)
    try:
        ledger = ledger_of(clock, rows)
        if ledger is not None and ledger.state is Outcome.PAUSED:
            ledger = at_moment(ledger, now())
    except NotPublished as problem:
        return Standing(_state(rows), unpublished_on=problem.day)
    if ledger is None:
        return Standing(_state(rows))
    return _standing(clock, ledger)


def _standing(clock: Clock, ledger: Ledger) -> Standing:
    verdict, judged_at, was_over = _verdict(ledger)
    return Standing(
        STATES[ledger.state], ledger.due_at, _warn_at(clock, ledger), ledger.due.unpublished,
        verdict, judged_at, was_over,
        changes_at(ledger) if ledger.state is Outcome.PAUSED else None,
    )  # fmt: skip


STATES = {
    Outcome.RUNNING: Clock.State.RUNNING,
    Outcome.PAUSED: Clock.State.PAUSED,
    Outcome.MET: Clock.State.ENDED,
    Outcome.CANCELLED: Clock.State.ENDED,
}


def _state(rows: Sequence[ClockEvent]) -> str:
    """The state where nobody can reckon: what happened last says it."""
    turning = [row for row in rows if row.kind not in (Act.RULE_CHANGED, Act.EXTENDED)]
    last = turning[-1]
    if last.kind in (Act.MET, Act.CANCELLED):
        return Clock.State.ENDED
    is_paused = last.kind == Act.PAUSED and last.gives_back
    return Clock.State.PAUSED if is_paused else Clock.State.RUNNING


def _verdict(ledger: Ledger) -> tuple[str, datetime | None, bool]:
    """The first verdict that is not only a change of rule; one that is late goes before all."""
    is_unknown = ledger.state is Outcome.MET and ledger.due.unpublished is not None
    given = [one for one in ledger.verdicts if one.outcome is not Outcome.REPLACED]
    if not given or (is_unknown and not ledger.is_late):
        return "", None, False
    first = next((one for one in given if one.outcome is Outcome.LATE), given[0])
    return Clock.Verdict(first.outcome.value), first.at, first.was_over_before


def _warn_at(clock: Clock, ledger: Ledger) -> datetime | None:
    percent = WARNS_PERCENT if clock.rule is None else clock.rule.warns_percent
    if not percent:
        return None
    levels = escalations(ledger, [Level("warning", percent=percent)])
    return next((one.reached_at for one in levels), None)
