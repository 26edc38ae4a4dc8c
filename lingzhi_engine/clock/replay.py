"""Replaying a clock's events into its ledger: a pure function of rule, events and moment."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import Any

from lingzhi_engine.clock.calendar import NotPublished
from lingzhi_engine.clock.dues import cap_reached_at, due_of
from lingzhi_engine.clock.events import (
    Cancelled,
    Event,
    Extended,
    Met,
    Opened,
    Paused,
    Reopened,
    Resumed,
    Rule,
    RuleChanged,
)
from lingzhi_engine.clock.ledger import Due, Interval, Kind, Ledger, Outcome, Pause, Verdict

CAP_REACHED = "pause cap reached"  # the reason of what is counted though the wait goes on
_ACTIVE = (Outcome.RUNNING, Outcome.PAUSED)
_ENDED = (Outcome.MET, Outcome.CANCELLED)
_KINDS = {Outcome.RUNNING: Kind.COUNTED, Outcome.PAUSED: Kind.PAUSED}


class OutOfTurn(ValueError):
    """An event that cannot happen to a clock as it stands, or before what happened already."""

    def __init__(self, event: Event, state: str) -> None:
        super().__init__(f"{type(event).__name__} at {event.at.isoformat()} while {state}")
        self.event = event
        self.state = state


def replay(rule: Rule, events: Iterable[Event], until: datetime | None = None) -> Ledger:
    """The ledger of a clock that was opened under `rule`, as it stands after the last event.

    With `until`, as it stands at that moment. Raises OutOfTurn, and NotPublished where an event
    lies beyond the calendar; a due date beyond it is only unknown.
    """
    first, *rest = events
    ledger = reduce(after, rest, _opened(rule, first))
    return ledger if until is None else at_moment(ledger, until)


def after(ledger: Ledger, event: Event) -> Ledger:
    """The ledger after one more event. Raises OutOfTurn and NotPublished."""
    event = replace(event, at=event.at.replace(microsecond=0))
    if event.at < max(ledger.since, ledger.due.at):
        raise OutOfTurn(event, "later things have happened")
    states, step = _STEPS[type(event)]
    ledger = at_moment(ledger, event.at)
    if ledger.state not in states or (isinstance(event, Resumed) and not ledger.is_waiting):
        raise OutOfTurn(event, ledger.state)
    return at_moment(step(ledger, event), event.at)


def at_moment(ledger: Ledger, moment: datetime) -> Ledger:
    """The ledger as it stands at a moment if nothing happens until then. Raises NotPublished."""
    if ledger.state is Outcome.PAUSED and ledger.paused_at is not None:
        end = cap_reached_at(ledger.rule, ledger.shifts, ledger.paused_at, moment)
        ledger = ledger if end is None else _run(ledger, end, CAP_REACHED)
    if ledger.state not in _ACTIVE or ledger.is_judged:
        return ledger
    due = _due(ledger, "").due_at
    if due is None or not ledger.rule.limit.is_over(ledger.paused_at or moment, due):
        return ledger
    was_over = ledger.rule.limit.is_over(ledger.ruled_since, due)
    return _judge(ledger, Outcome.LATE, max(due, ledger.ruled_since), was_over_before=was_over)


def _opened(rule: Rule, event: Event) -> Ledger:
    if not isinstance(event, Opened):
        raise OutOfTurn(event, "not opened")
    at = event.at.replace(microsecond=0)
    nothing = Due(1, at, None, event.reason)
    ledger = Ledger(rule, Outcome.RUNNING, 1, at, at, at, event.reason, nothing)
    return at_moment(_with_due(ledger, event.reason), at)


def _paused(ledger: Ledger, event: Paused) -> Ledger:
    ledger = _run(ledger, event.at, event.reason)
    if not event.gives_back:
        return replace(ledger, is_waiting=True)
    stopped = replace(ledger, state=Outcome.PAUSED, paused_at=event.at, is_waiting=True)
    due = Due(ledger.cycle, event.at, None, event.reason)
    return replace(stopped, due=due, dues=(*ledger.dues, due))


def _resumed(ledger: Ledger, event: Resumed) -> Ledger:
    return replace(_run(ledger, event.at, event.reason), is_waiting=False)


def _rule_changed(ledger: Ledger, event: RuleChanged) -> Ledger:
    if ledger.state in _ENDED:
        return replace(ledger, rule=event.rule)
    ledger = _cut(ledger, event.at, ledger.reason)
    if not ledger.is_judged:
        ledger = _judge(ledger, Outcome.REPLACED, event.at)
    ledger = replace(ledger, rule=event.rule, ruled_since=event.at)
    return ledger if ledger.state is Outcome.PAUSED else _with_due(ledger, event.reason)


def _extended(ledger: Ledger, event: Extended) -> Ledger:
    ledger = replace(ledger, shifts=(*ledger.shifts, event.extra))
    if ledger.state is Outcome.PAUSED:
        return ledger
    return _with_due(_cut(ledger, event.at, ledger.reason), event.reason)


def _ended(ledger: Ledger, event: Met | Cancelled) -> Ledger:
    ledger = _run(ledger, event.at, event.reason)
    outcome = Outcome.MET if isinstance(event, Met) else Outcome.CANCELLED
    if not ledger.is_judged:
        ledger = _judge(ledger, outcome, event.at)
    return replace(ledger, state=outcome, is_waiting=False)


def _reopened(ledger: Ledger, event: Reopened) -> Ledger:
    ledger = _cut(ledger, event.at, event.reason)
    again = replace(
        ledger,
        state=Outcome.RUNNING,
        cycle=ledger.cycle + 1,
        opened_at=event.at,
        ruled_since=event.at,
        shifts=(),
    )
    return _with_due(again, event.reason)


_STEPS: Mapping[type[Event], tuple[tuple[Outcome, ...], Callable[[Ledger, Any], Ledger]]] = {
    Opened: ((), _reopened),
    Paused: (_ACTIVE, _paused),
    Resumed: (_ACTIVE, _resumed),
    RuleChanged: (_ACTIVE + _ENDED, _rule_changed),
    Extended: (_ACTIVE, _extended),
    Met: (_ACTIVE, _ended),
    Cancelled: (_ACTIVE, _ended),
    Reopened: (_ENDED, _reopened),
}


def _run(ledger: Ledger, at: datetime, reason: str) -> Ledger:
    """The clock runs from `at` on; a pause, if there was one, has given its time back."""
    paused_at, why = ledger.paused_at, ledger.reason
    ledger = replace(_cut(ledger, at, reason), state=Outcome.RUNNING, paused_at=None)
    if paused_at is None:
        return ledger
    pause = Pause(paused_at, at, why)
    return _with_due(replace(ledger, shifts=(*ledger.shifts, pause)), reason)


def _cut(ledger: Ledger, at: datetime, reason: str) -> Ledger:
    """The interval that began at `since` is finished at `at`; the next one is for `reason`."""
    if at <= ledger.since:
        return replace(ledger, reason=reason)
    kind = _KINDS.get(ledger.state, Kind.CLOSED)
    seconds = 0 if kind is Kind.CLOSED else ledger.rule.time.between(ledger.since, at)
    done = Interval(ledger.cycle, kind, ledger.since, at, seconds, ledger.reason, ledger.rule)
    return replace(ledger, since=at, reason=reason, intervals=(*ledger.intervals, done))


def _judge(
    ledger: Ledger, outcome: Outcome, at: datetime, *, was_over_before: bool = False
) -> Ledger:
    due_at = _due(ledger, "").due_at
    verdict = Verdict(ledger.cycle, outcome, at, due_at, ledger.rule, was_over_before)
    return replace(ledger, verdicts=(*ledger.verdicts, verdict))


def _with_due(ledger: Ledger, reason: str) -> Ledger:
    due = _due(ledger, reason)
    return replace(ledger, due=due, dues=(*ledger.dues, due))


def _due(ledger: Ledger, reason: str) -> Due:
    """When it would be over if the clock ran from now on."""
    try:
        due = due_of(ledger.rule, ledger.opened_at, ledger.shifts)
    except NotPublished as problem:
        return Due(ledger.cycle, ledger.since, None, reason, problem.day)
    return Due(ledger.cycle, ledger.since, due, reason)
