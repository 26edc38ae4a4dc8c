"""The account of one call: its legs, its times, and what does not add up."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Something that does not add up, at a moment; `detail` are the figures or names behind it.

    Kinds: no_entry (answered, but never queued, rung or begun) · no_answer_told (a talk ended that
    never began) · no_end (nobody told the end) · two_ends · overlap (two agents talk at once, and
    no transfer was told) · no_target (a transfer to nowhere) · hold_open · backwards (something
    before what must precede it) · talk_differs (the talk told is not the talk between the times) ·
    after_end (something happened to a call that was over) · after_transfer (nobody told what became
    of a call after its last transfer).
    """

    at: datetime
    kind: str
    detail: str = ""


@dataclass(slots=True)
class Leg:
    """One agent's part: rung at, answered at, ended at; None is not known."""

    agent: str
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    result: str = ""  # answered, not_answered, or "" while it goes on

    @property
    def is_talking(self) -> bool:
        return self.answered_at is not None and self.ended_at is None


@dataclass(slots=True)
class Account:
    """One call: its times, who took it, how it ended, and what does not add up."""

    call: str
    direction: str = "in"
    number: str = ""
    called: str = ""
    is_recorded_only: bool = False  # nothing but detail records tell of it
    queues: list[str] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    started_at: datetime | None = None
    queued_at: datetime | None = None
    ringing_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    wrapped_up_at: datetime | None = None
    held: timedelta | None = None
    rings: int | None = None
    transfers: int | None = None
    ended_by: str = ""
    left: str = ""  # why a call left the queue unanswered: abandoned, timeout, key, no_agents …
    notice: bool | None = None
    consent: bool | None = None
    moved_at: datetime | None = None
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def agent(self) -> str:
        """Who took the call first; of one that nobody took, nobody."""
        taken = [leg for leg in self.legs if leg.answered_at is not None]
        return taken[0].agent if taken else ""

    @property
    def queue(self) -> str:
        """The queue that the call was last in."""
        return self.queues[-1] if self.queues else ""

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def is_offered(self) -> bool:
        """Whether an agent was to take it; who spoke to a machine alone was not."""
        return any((self.queued_at, self.ringing_at, self.answered_at))
