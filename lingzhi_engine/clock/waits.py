"""Waits of a case laid over the events of one of its clocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lingzhi_engine.clock.events import (
    Cancelled,
    Event,
    Met,
    Opened,
    Paused,
    Reopened,
    Resumed,
)


@dataclass(frozen=True, slots=True)
class Wait:
    """A time in which a case waits for somebody else, up to `end` (not yet over: None)."""

    start: datetime
    end: datetime | None
    reason: str
    gives_back: bool = True


def with_waits(events: Iterable[Event], waits: Iterable[Wait]) -> list[Event]:
    """The events with pauses where the case waits while the clock runs.

    A clock that begins during a wait begins paused; a wait while no cycle is open is nothing to it.
    Waits do not overlap.
    """
    moments: list[tuple[datetime, int, Event | Wait | None]] = []
    moments += [(event.at.astimezone(UTC), 1, event) for event in events]
    for wait in waits:
        moments.append((wait.start.astimezone(UTC), 2, wait))
        moments += [(wait.end.astimezone(UTC), 0, None)] if wait.end else []
    return list(_woven(sorted(moments, key=lambda moment: moment[:2])))


def _woven(moments: Sequence[tuple[datetime, int, Event | Wait | None]]) -> Iterator[Event]:
    wait: Wait | None = None
    is_open = False
    for at, _, what in moments:
        if isinstance(what, Event):
            is_open = _is_open_after(what, is_open)
            yield what
            begins = isinstance(what, Opened | Reopened)
        else:
            if is_open and wait is not None and what is None:
                yield Resumed(at)
            begins, wait = what is not None, what
        if begins and is_open and wait is not None:
            yield Paused(at, wait.gives_back, reason=wait.reason)


def _is_open_after(event: Event, is_open: bool) -> bool:
    if isinstance(event, Opened | Reopened):
        return True
    return is_open and not isinstance(event, Met | Cancelled)
