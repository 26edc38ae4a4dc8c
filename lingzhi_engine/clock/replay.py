"""Replaying a clock's events into its ledger: a pure function of rule, events and moment."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import Any

from lingzhi_engine.clock.dues import cap_reached_at
from lingzhi_engine.clock.entries import with_due, with_interval, with_verdict
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
from lingzhi_engine.clock.ledger import Due, Ledger, Outcome, Pause
from lingzhi_engine.clock.standing import over_at
from lingzhi_engine.clock.wall import moment_of, seconds_of

CAP_REACHED = "pause cap reached"  # the reason of what is counted though the wait goes on
_ACTIVE = (Outcome.RUNNING, Outcome.PAUSED)
_ENDED = (Outcome.MET, Outcome.CANCELLED)


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
    event = _in_utc(event)
    if event.at < max(ledger.since, ledger.due.at):
        raise OutOfTurn(event, "later things have happened")
    states, step = _STEPS[type(event)]
    ledger = at_moment(ledger, event.at)
    if ledger.state not in states or (isinstance(event, Resumed) and not ledger.is_waiting):
        raise OutOfTurn(event, ledger.state)
    return at_moment(step(ledger, event), event.at)


def at_moment(ledger: Ledger, moment: datetime) -> Ledger:
    """The ledger as it stands at a moment if nothing happens until then. Raises NotPublished."""
    ledger = _past_the_cap(ledger, moment)
    if ledger.state not in _ACTIVE or ledger.is_judged:
        return ledger
    limit, due_at = ledger.rule.limit, over_at(ledger)
    stopped_at = ledger.paused_at if ledger.state is Outcome.PAUSED else None
    if due_at is None or not limit.is_over(stopped_at or moment, due_at):
        return ledger
    was_over = limit.is_over(ledger.ruled_since, due_at)
    fell_at = max(due_at, ledger.ruled_since)
    return with_verdict(ledger, Outcome.LATE, fell_at, was_over_before=was_over)


def _in_utc(event: Event) -> Event:
    """At the whole second. Times of one zone would compare by the wall, where hours come twice."""
    return replace(event, at=moment_of(seconds_of(event.at)))


def _past_the_cap(ledger: Ledger, moment: datetime) -> Ledger:
    """A pause that has given back all it may is counted from then on."""
    if ledger.state is not Outcome.PAUSED or ledger.paused_at is None:
        return ledger
    end = cap_reached_at(ledger.rule, ledger.pauses, ledger.paused_at, moment)
    if end is None:
        return ledger
    ledger = replace(with_interval(ledger, end, CAP_REACHED), state=Outcome.RUNNING)
    return with_due(ledger, CAP_REACHED)


def _opened(rule: Rule, event: Event) -> Ledger:
    if not isinstance(event, Opened):
        raise OutOfTurn(event, "not opened")
    at = _in_utc(event).at
    nothing = Due(1, at, None, event.reason)
    ledger = Ledger(rule, Outcome.RUNNING, 1, at, at, at, event.reason, nothing)
    return at_moment(with_due(ledger, event.reason), at)


def _paused(ledger: Ledger, event: Paused) -> Ledger:
    ledger = replace(_running(ledger, event), is_waiting=True)
    if not event.gives_back:
        return ledger
    stopped = replace(ledger, state=Outcome.PAUSED, paused_at=event.at, paused_for=event.reason)
    return with_due(stopped, event.reason)


def _resumed(ledger: Ledger, event: Resumed) -> Ledger:
    return replace(_running(ledger, event), is_waiting=False)


def _rule_changed(ledger: Ledger, event: RuleChanged) -> Ledger:
    """The new rule judges the cycle from its begin, with all its pauses by the new cap."""
    if ledger.state in _ENDED:
        return replace(ledger, rule=event.rule)
    ledger = with_interval(ledger, event.at, ledger.reason)
    if not ledger.is_judged:
        ledger = with_verdict(ledger, Outcome.REPLACED, event.at)
    ledger = replace(ledger, rule=event.rule, ruled_since=event.at)
    if ledger.paused_at is not None:
        ledger = replace(ledger, state=Outcome.PAUSED, reason=ledger.paused_for)
    return with_due(ledger, event.reason)


def _extended(ledger: Ledger, event: Extended) -> Ledger:
    ledger = with_interval(ledger, event.at, ledger.reason)
    return with_due(replace(ledger, extensions=(*ledger.extensions, event.extra)), event.reason)


def _ended(ledger: Ledger, event: Met | Cancelled) -> Ledger:
    ledger = _running(ledger, event)
    outcome = Outcome.MET if isinstance(event, Met) else Outcome.CANCELLED
    if not ledger.is_judged:
        ledger = with_verdict(ledger, outcome, event.at)
    return replace(ledger, state=outcome, is_waiting=False)


def _reopened(ledger: Ledger, event: Reopened) -> Ledger:
    ledger = with_interval(ledger, event.at, event.reason)
    again = replace(
        ledger,
        state=Outcome.RUNNING,
        cycle=ledger.cycle + 1,
        opened_at=event.at,
        ruled_since=event.at,
        extensions=(),
        pauses=(),
    )
    return with_due(again, event.reason)


def _running(ledger: Ledger, event: Event) -> Ledger:
    """The clock runs from the event on; a wait, if there was one, has given its time back."""
    start, why = ledger.paused_at, ledger.paused_for
    ledger = with_interval(ledger, event.at, event.reason)
    if start is None:
        return ledger
    pauses = (*ledger.pauses, Pause(start, event.at, why))
    ledger = replace(ledger, state=Outcome.RUNNING, paused_at=None, paused_for="", pauses=pauses)
    return with_due(ledger, event.reason)


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
