"""What agents did all day: states that follow each other without gap or overlap."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from lingzhi.contacts.phone.account import Doubt
from lingzhi.contacts.phone.told import Told


@dataclass(frozen=True, slots=True)
class Span:
    """A state from `since` until the next; `until` is None for the one that goes on.

    `forced_by` is the key of the leader who set it by force.
    """

    state: str
    reason: str
    since: datetime
    until: datetime | None = None
    is_by_hand: bool = False
    forced_by: int | None = None


@dataclass(slots=True)
class _Agent:
    queues: set[str] = field(default_factory=set)
    pauses: dict[str, str] = field(default_factory=dict)  # reason by queue; "" is every queue
    calls: set[str] = field(default_factory=set)
    is_busy: bool = False
    is_out: bool = False
    said: str = ""  # a state that the system named outright
    why: str = ""  # the reason of being busy

    def state(self) -> tuple[str, str]:
        if self.is_out:
            return "signed_out", ""
        if self.calls or self.is_busy:
            return "busy", "" if self.calls else self.why
        if self.pauses:
            return "on_break", next((one for one in self.pauses.values() if one), "")
        return self.said or "ready", ""


def spans(told: Iterable[Told]) -> tuple[list[Span], list[Doubt]]:
    """The states of one agent by what was told of them and their calls, and what does not add up.

    A pause with another reason ends the one before (Asterisk tells no end of that by default), an
    end of a pause need not name its reason, and who never signs in (a static member) is ready from
    the first thing told. `paused_twice` and `not_paused` are doubted.
    """
    agent, found, doubts = _Agent(), list[Span](), list[Doubt]()
    for one in sorted({each.key: each for each in told}.values(), key=lambda one: one.order):
        _apply(agent, one, doubts)
        state, reason = agent.state()
        if found and (found[-1].state, found[-1].reason) == (state, reason):
            continue
        is_by_hand, forced_by = bool(one.facts.get("is_by_hand")), one.facts.get("forced_by")
        _change(found, Span(state, reason, one.at, None, is_by_hand, forced_by))
    return found, doubts


def _change(found: list[Span], new: Span) -> None:
    """End the state that goes on and begin `new`; one that took no time has never been."""
    if found:
        last = found.pop()
        if last.since < new.since:
            found.append(replace(last, until=new.since))
        elif found and (found[-1].state, found[-1].reason) == (new.state, new.reason):
            new = replace(found.pop(), until=None)
    found.append(new)


def _apply(agent: _Agent, one: Told, doubts: list[Doubt]) -> None:
    if one.kind == "member":
        _member(agent, one)
    elif one.kind == "state":
        _state(agent, one, doubts)
    elif one.kind == "answer":
        agent.calls.add(one.call)
        agent.is_out = False
    elif one.kind in {"hangup", "transfer", "leg_end"}:
        agent.calls.discard(one.call)


def _member(agent: _Agent, one: Told) -> None:
    if one.facts.get("is_in"):
        agent.queues.add(one.queue)
        agent.is_out = False
        if one.facts.get("is_paused"):
            agent.pauses[one.queue] = ""
    else:
        agent.queues.discard(one.queue)
        agent.pauses.pop(one.queue, None)
        agent.is_out = not agent.queues


def _state(agent: _Agent, one: Told, doubts: list[Doubt]) -> None:
    state, reason = str(one.facts.get("state")), str(one.facts.get("reason") or "")
    if state == "unbusy":
        agent.is_busy = False
    elif state == "unpaused":
        if not agent.pauses:
            doubts.append(Doubt(one.at, "not_paused", one.agent))
        agent.pauses = {} if not one.queue else _without(agent.pauses, one.queue)
    elif state == "on_break":
        if one.queue in agent.pauses and agent.pauses[one.queue] != reason:
            doubts.append(Doubt(one.at, "paused_twice", one.agent))
        agent.pauses[one.queue] = reason
        agent.is_out = False
    else:
        _named(agent, state, reason)


def _without(pauses: dict[str, str], queue: str) -> dict[str, str]:
    """An end for one queue; a pause for all of them ends with it, too."""
    return {name: reason for name, reason in pauses.items() if name not in {queue, ""}}


def _named(agent: _Agent, state: str, reason: str) -> None:
    agent.is_busy, agent.why = state == "busy", reason
    agent.is_out = state == "signed_out"
    agent.said = state if state == "after_work" else ""
    agent.pauses = {}
    if state == "signed_out":
        agent.queues, agent.calls = set(), set()


LONGEST = timedelta(hours=4)  # a state that nobody changed for longer is not believed any more
STEP = timedelta(hours=2)


class Lasting(Protocol):
    """A state of the log."""

    @property
    def state(self) -> str: ...
    @property
    def since(self) -> datetime: ...
    @property
    def until(self) -> datetime | None: ...


def at_work(rows: Iterable[Lasting]) -> list[tuple[datetime, datetime]]:
    """When somebody was at work, by their states in order: from signing in to signing out.

    What goes on is believed for `LONGEST`, rounded up to whole `STEP`s from its begin: so its end
    moves now and then, and not with every call.
    """
    found: list[tuple[datetime, datetime]] = []
    for row in rows:
        if row.state == "signed_out":
            continue
        is_next = bool(found) and found[-1][1] == row.since
        begin = found.pop()[0] if is_next else row.since
        end = min(row.until or row.since + LONGEST, row.since + LONGEST)
        if row.until is None:
            end = begin + -((begin - end) // STEP) * STEP
        found.append((begin, end))
    return found
