"""When a clock is over, after all pauses and extensions of its cycle."""

from collections.abc import Iterable
from datetime import datetime

from lingzhi_engine.clock.events import Rule
from lingzhi_engine.clock.ledger import Pause
from lingzhi_engine.clock.limits import Limit

Pauses = Iterable[Pause]


def due_of(
    rule: Rule, opened_at: datetime, extensions: Iterable[Limit], pauses: Pauses
) -> datetime:
    """When it is over: the limit, extended, and then moved on by the pauses.

    What was left when a pause began is left when it ends; a pause that began too late moves
    nothing. Raises NotPublished.
    """
    due = rule.due(opened_at)
    for extra in extensions:
        due = extra.due(due, rule.calendar)
    for pause in effective_pauses(rule, pauses):
        if not rule.limit.is_over(pause.start, due):
            due = max(due, rule.time.add(pause.end, rule.time.between(pause.start, due)))
    return due


def effective_pauses(rule: Rule, pauses: Pauses) -> list[Pause]:
    """The pauses, each only as long as the cap lets it be. Raises NotPublished."""
    kept: list[Pause] = []
    given = 0
    for pause in pauses:
        kept.append(_capped(rule, pause, given))
        given += rule.time.between(kept[-1].start, kept[-1].end)
    return kept


def given_back(rule: Rule, pauses: Pauses) -> int:
    """Seconds of working time that the pauses gave back. Raises NotPublished."""
    return sum(rule.time.between(p.start, p.end) for p in effective_pauses(rule, pauses))


def cap_reached_at(
    rule: Rule, pauses: Pauses, paused_at: datetime, now: datetime
) -> datetime | None:
    """When a pause that began at `paused_at` used up the cap, None if it has not by `now`.

    Raises NotPublished.
    """
    if rule.cap is None:
        return None
    left = rule.cap - given_back(rule, pauses)
    return None if rule.time.between(paused_at, now) < left else rule.time.add(paused_at, left)


def _capped(rule: Rule, pause: Pause, given: int) -> Pause:
    """The pause up to the moment at which the cap is used up."""
    if rule.cap is None or rule.time.between(pause.start, pause.end) <= rule.cap - given:
        return pause
    return Pause(pause.start, rule.time.add(pause.start, rule.cap - given), pause.reason)
