"""Moments at which somebody is to be told (升级、预警): before, at and after the due time.

They are counted in the clock's own time: an hour before Tuesday 09:30 is Monday 17:30 where people
work from nine to six, not Tuesday 08:30. Paused, ended and unknown clocks have none.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from lingzhi_engine.clock.calendar import NotPublished
from lingzhi_engine.clock.dues import given_back
from lingzhi_engine.clock.ledger import Ledger, Outcome
from lingzhi_engine.clock.working import WorkingTime


@dataclass(frozen=True, slots=True)
class Level:
    """So many seconds after the due time, before it where negative; or at a share of the time.

    With `percent`, it is when that share of the time has passed (75: a quarter is left).
    """

    name: str
    seconds: int = 0
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """When a level is reached, and when people are told, which may be later. None: unknown."""

    level: Level
    reached_at: datetime | None
    tell_at: datetime | None


def escalations(
    ledger: Ledger, levels: Iterable[Level], allowed: WorkingTime | None = None
) -> tuple[Escalation, ...]:
    """Every level with its moment, none before the clock was opened.

    Outside `allowed`, people are told at the next moment within it (免打扰). What lies beyond a
    calendar is unknown.
    """
    if ledger.state is not Outcome.RUNNING or ledger.due_at is None:
        return ()
    due_at = ledger.due_at
    return tuple(_escalation(ledger, level, due_at, allowed) for level in levels)


def _escalation(
    ledger: Ledger, level: Level, due_at: datetime, allowed: WorkingTime | None
) -> Escalation:
    reached_at = tell_at = None
    with suppress(NotPublished):
        reached_at = _reached_at(ledger, level, due_at)
        tell_at = reached_at if allowed is None else allowed.open_from(reached_at)
    return Escalation(level, reached_at, tell_at)


def _reached_at(ledger: Ledger, level: Level, due_at: datetime) -> datetime:
    time, seconds = ledger.rule.time, level.seconds
    whole = time.between(ledger.opened_at, due_at)
    if level.percent is not None:
        counted = whole - given_back(ledger.rule, ledger.past_pauses)
        seconds = counted * (level.percent - 100) // 100
    return ledger.opened_at if -seconds >= whole else time.add(due_at, seconds)
