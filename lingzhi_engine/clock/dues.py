"""When a clock is over, after all pauses and extensions of its cycle."""

from collections.abc import Iterable
from datetime import datetime

from lingzhi_engine.clock.events import Rule
from lingzhi_engine.clock.ledger import Pause
from lingzhi_engine.clock.limits import Limit

Shifts = Iterable[Pause | Limit]


def due_of(rule: Rule, opened_at: datetime, shifts: Shifts) -> datetime:
    """When it is over: what was left when a pause began is left when it ends.

    A pause that began too late moves nothing. Raises NotPublished.
    """
    due, given_back = rule.due(opened_at), 0
    for shift in shifts:
        if isinstance(shift, Limit):
            due = shift.due(due, rule.calendar)
            continue
        end = _end(rule, shift, given_back)
        given_back += rule.time.between(shift.start, end)
        if not rule.limit.is_over(shift.start, due):
            due = rule.time.add(end, rule.time.between(shift.start, due))
    return due


def given_back(rule: Rule, shifts: Shifts) -> int:
    """Seconds of working time that the pauses gave back, the cap kept. Raises NotPublished."""
    given = 0
    for pause in shifts:
        if isinstance(pause, Pause):
            given += rule.time.between(pause.start, _end(rule, pause, given))
    return given


def cap_reached_at(
    rule: Rule, shifts: Shifts, paused_at: datetime, now: datetime
) -> datetime | None:
    """When a pause that began at `paused_at` used up the cap, None if it has not by `now`.

    Raises NotPublished.
    """
    if rule.cap is None:
        return None
    left = max(0, rule.cap - given_back(rule, shifts))
    return None if rule.time.between(paused_at, now) < left else rule.time.add(paused_at, left)


def _end(rule: Rule, pause: Pause, given: int) -> datetime:
    if rule.cap is None or rule.time.between(pause.start, pause.end) <= rule.cap - given:
        return pause.end
    return rule.time.add(pause.start, max(0, rule.cap - given))
