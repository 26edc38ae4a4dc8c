"""What happens to a clock. A list of events in order of time is all that a ledger is made from."""

from dataclasses import dataclass, field
from datetime import datetime

from lingzhi_engine.clock.limits import Limit
from lingzhi_engine.clock.working import WorkingTime


@dataclass(frozen=True, slots=True)
class Rule:
    """What a clock is judged by from some moment on: a limit, a calendar, a cap on pauses.

    `version` names it for people. Where `due_at` is given, that is when the time is over (承诺时限:
    the moment the customer was told), and the limit only says whether the bound counts.
    `pause_cap` is how many seconds of working time pauses may give back in one cycle; None: any.
    """

    version: str
    limit: Limit
    calendar: WorkingTime
    pause_cap: int | None = None
    due_at: datetime | None = None

    @property
    def time(self) -> WorkingTime:
        """The time that counts by the limit's base."""
        return self.limit.time(self.calendar)

    @property
    def cap(self) -> int | None:
        """Seconds that pauses may give back: none where a moment was promised."""
        return self.pause_cap if self.due_at is None else 0

    def due(self, start: datetime) -> datetime:
        """When it is over if nothing stops the clock. Raises NotPublished."""
        return self.due_at or self.limit.due(start, self.calendar)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a moment, and why."""

    at: datetime
    reason: str = field(default="", kw_only=True)


class Opened(Event):
    """The first cycle begins."""


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """A wait begins; a further one replaces the reason. Some waits do not stop the clock."""

    gives_back: bool = True


class Resumed(Event):
    """The wait is over."""


@dataclass(frozen=True, slots=True)
class RuleChanged(Event):
    """Another limit, priority, calendar, team or version of the rule holds from now on."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """More time was approved (延期), counted from the moment at which it would have been over."""

    extra: Limit


class Met(Event):
    """What the clock waits for was done: answered, solved, told."""


class Cancelled(Event):
    """Nobody waits for it any more: withdrawn, merged, closed without it."""


class Reopened(Event):
    """A new cycle begins; what was judged before stays."""
