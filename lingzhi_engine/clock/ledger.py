"""The ledger (计时台账) of one clock: what was counted, paused, closed, and judged when.

Lists only grow: the ledger of the first events is the begin of the ledger of all of them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lingzhi_engine.clock.events import Rule
from lingzhi_engine.clock.limits import Limit


class Kind(StrEnum):
    """What an interval was to the clock."""

    COUNTED = "counted"
    PAUSED = "paused"  # given back
    CLOSED = "closed"  # between the end of one cycle and the next


class Outcome(StrEnum):
    """How it stands, or was judged."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    LATE = "late"
    CANCELLED = "cancelled"
    REPLACED = "replaced"  # another rule came before it was over


@dataclass(frozen=True, slots=True)
class Interval:
    """A finished interval. `seconds` are those of working time by `rule`, 0 where closed.

    `reason` is that of the event that began it; a change of rule or an extension begins a new
    interval for the same reason.
    """

    cycle: int
    kind: Kind
    start: datetime
    end: datetime
    seconds: int
    reason: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement, written when it fell and never changed.

    `was_over_before` marks a rule by which it was over before the rule came: nobody could have
    kept it.
    """

    cycle: int
    outcome: Outcome
    at: datetime
    due_at: datetime | None
    rule: Rule
    was_over_before: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """When it is over, as known from `at` on; None while paused, or where `unpublished` says why.

    `unpublished` is the first day whose holidays had to be known and are not.
    """

    cycle: int
    at: datetime
    due_at: datetime | None
    reason: str
    unpublished: date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A wait that gives its working time back."""

    start: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """One clock after some events. `state` is running, paused, met or cancelled.

    `extensions` and `pauses` are those of this cycle: a new rule is applied to them from the
    begin. `since` is where the interval that is not finished began, `ruled_since` where
    the rule began to judge this cycle. `is_waiting` says that a wait has begun and not ended; one
    that gives back began at `paused_at` and lasts though the clock may run again by the cap.
    """

    rule: Rule
    state: Outcome
    cycle: int
    opened_at: datetime
    since: datetime
    ruled_since: datetime
    reason: str
    due: Due
    paused_at: datetime | None = None
    paused_for: str = ""
    is_waiting: bool = False
    extensions: tuple[Limit, ...] = ()
    pauses: tuple[Pause, ...] = ()
    intervals: tuple[Interval, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    dues: tuple[Due, ...] = ()

    @property
    def past_pauses(self) -> tuple[Pause, ...]:
        """The pauses up to `since`, with the wait that goes on beyond its cap."""
        if self.paused_at is None or self.state is Outcome.PAUSED:
            return self.pauses
        return (*self.pauses, Pause(self.paused_at, self.since, self.paused_for))

    @property
    def due_at(self) -> datetime | None:
        """When it is over; None while paused and where the calendar is not published."""
        return self.due.due_at

    @property
    def is_late(self) -> bool:
        """Whether this cycle was late by any rule: late stays late."""
        return any(v.cycle == self.cycle and v.outcome is Outcome.LATE for v in self.verdicts)

    @property
    def outcome(self) -> Outcome:
        """How this cycle stands."""
        return Outcome.LATE if self.is_late else self.state

    @property
    def is_judged(self) -> bool:
        """Whether this cycle has its verdict by the rule in force."""
        ours = (v for v in self.verdicts if v.cycle == self.cycle and v.rule == self.rule)
        return any(v.outcome is not Outcome.REPLACED for v in ours)
