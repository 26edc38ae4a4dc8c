"""Legs to calls: what was told of one call, in any order and any number of times, as one account.

Nothing is guessed: what does not add up becomes a `Doubt`, and a fact that nobody told is None.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lingzhi.contacts.phone.account import Account, Doubt, Leg
from lingzhi.contacts.phone.told import Told

SLACK = timedelta(seconds=2)  # two systems write the same second differently


@dataclass(slots=True)
class _Joining:
    """An account under way."""

    account: Account
    held_since: datetime | None = None
    is_transferred: bool = False

    def doubt(self, kind: str, at: datetime, detail: object = "") -> None:
        self.account.doubts.append(Doubt(at, kind, str(detail)))


def join(told: Iterable[Told]) -> Account:
    """The account of one call. The order in which things were told makes no difference."""
    each = {one.key: one for one in told}
    ordered = _ordered(each.values())
    account = Account(ordered[0].call)
    joining = _Joining(account)
    for one in ordered:
        _common(account, one)
        if account.is_over and one.kind not in {"wrapup", "record", "hangup"}:
            joining.doubt("after_end", one.at, one.kind)
        elif one.kind != "record":
            ACTS[one.kind](joining, one)
    _with_records(joining, [one for one in ordered if one.kind == "record"])
    _finish(joining, ordered[-1].at)
    account.doubts = sorted(set(account.doubts))
    return account


def _ordered(told: Iterable[Told]) -> list[Told]:
    """In the order of time; within a second a call leaves one queue before it enters the next."""
    each = list(told)
    left = {(one.at, one.queue) for one in each if one.kind == "left"}
    seconds = {at for at, _queue in left}

    def place(one: Told) -> tuple[datetime, int, str]:
        at, rank, key = one.order
        if one.kind in {"queued", "left"} and at in seconds and (at, one.queue) in left:
            return at, -1 if one.kind == "left" else -2, key
        return at, rank, key

    return sorted(each, key=place)


def _common(account: Account, one: Told) -> None:
    """What anything told may carry."""
    facts = one.facts
    account.number = account.number or one.number
    if one.queue and (not account.queues or account.queues[-1] != one.queue):
        account.queues.append(one.queue)
    account.called = account.called or str(facts.get("called") or "")
    account.direction = facts.get("direction") or account.direction
    for name in ("notice", "consent"):
        if isinstance(facts.get(name), bool):
            setattr(account, name, facts[name])
    account.moved_at = max(filter(None, (account.moved_at, one.at)))
    if one.kind != "record":
        account.started_at = min(filter(None, (account.started_at, one.at)))


def _start(joining: _Joining, one: Told) -> None:
    account = joining.account
    account.started_at = min(filter(None, (account.started_at, one.at)))


def _queued(joining: _Joining, one: Told) -> None:
    account = joining.account
    account.queued_at = account.queued_at or one.at
    account.left = ""  # from one queue into another


def _ring(joining: _Joining, one: Told) -> None:
    account = joining.account
    account.ringing_at = account.ringing_at or one.at
    if _open_leg(account, one.agent) is None:
        account.legs.append(Leg(one.agent, rang_at=one.at))


def _open_leg(account: Account, agent: str) -> Leg | None:
    """The leg of this agent that still goes on."""
    going = [leg for leg in account.legs if leg.agent == agent and leg.ended_at is None]
    return going[-1] if going else None


def _talking(account: Account) -> list[Leg]:
    return [leg for leg in account.legs if leg.is_talking]


def _no_answer(joining: _Joining, one: Told) -> None:
    account = joining.account
    leg = _open_leg(account, one.agent)
    if leg is None:
        leg = Leg(one.agent)
        account.legs.append(leg)
    if leg.rang_at is None and (rang := one.facts.get("rang")) is not None:
        leg.rang_at = one.at - timedelta(seconds=rang)
        account.ringing_at = min(filter(None, (account.ringing_at, leg.rang_at)))
    leg.ended_at, leg.result = one.at, "not_answered"


def _answer(joining: _Joining, one: Told) -> None:
    account = joining.account
    leg = _open_leg(account, one.agent)
    if leg is not None and leg.is_talking:
        return  # two parts of one system tell the same
    if account.answered_at is None:
        _check_entry(joining, one)
    others = _talking(account)
    if others and not joining.is_transferred:
        joining.doubt("overlap", one.at, f"{others[-1].agent} + {one.agent}")
    _end(others, one.at)
    joining.is_transferred = False
    if leg is None:
        leg = Leg(one.agent)
        account.legs.append(leg)
    if leg.rang_at is None and (rang := one.facts.get("rang")) is not None:
        leg.rang_at = one.at - timedelta(seconds=rang)
        account.ringing_at = min(filter(None, (account.ringing_at, leg.rang_at)))
    leg.answered_at, leg.result = one.at, "answered"
    for other in account.legs:  # the other lines stop ringing
        if other.answered_at is None and other.ended_at is None:
            other.ended_at, other.result = one.at, "not_answered"
    if account.answered_at is None:
        account.answered_at = one.at
        account.rings = one.facts.get("rings")


def _check_entry(joining: _Joining, one: Told) -> None:
    """A call that is answered has come from somewhere."""
    account = joining.account
    waited = one.facts.get("waited")
    begin = account.queued_at or account.ringing_at
    if begin is None and account.started_at == one.at:
        joining.doubt("no_entry", one.at)
    if waited is not None and account.queued_at is None:
        account.queued_at = one.at - timedelta(seconds=waited)
        account.started_at = min(filter(None, (account.started_at, account.queued_at)))


def _hold(joining: _Joining, one: Told) -> None:
    joining.held_since = joining.held_since or one.at


def _unhold(joining: _Joining, one: Told) -> None:
    if joining.held_since is None:
        joining.doubt("backwards", one.at, "unhold")
        return
    joining.account.held = (joining.account.held or timedelta()) + (one.at - joining.held_since)
    joining.held_since = None


def _transfer(joining: _Joining, one: Told) -> None:
    account = joining.account
    account.transfers = (account.transfers or 0) + 1
    joining.is_transferred = True
    if not str(one.facts.get("to") or "").strip():
        joining.doubt("no_target", one.at, one.agent)
    if not _talking(account):
        joining.doubt("backwards", one.at, "transfer")
    if one.facts.get("is_over"):  # the agent who transferred is out of the call
        _end(_talking(account), one.at)


def _end(legs: Iterable[Leg], at: datetime) -> None:
    for leg in legs:
        leg.ended_at = at


def _leg_end(joining: _Joining, one: Told) -> None:
    leg = _open_leg(joining.account, one.agent)
    if leg is None or not leg.is_talking:
        joining.doubt("no_answer_told", one.at, one.agent)
    else:
        leg.ended_at = one.at


def _left(joining: _Joining, one: Told) -> None:
    account = joining.account
    account.left = str(one.facts.get("reason") or "unknown")
    waited = one.facts.get("waited")
    if account.queued_at is None and waited is not None:
        account.queued_at = one.at - timedelta(seconds=waited)
        account.started_at = min(filter(None, (account.started_at, account.queued_at)))
        joining.doubt("no_entry", one.at)
    if account.left == "abandoned" and account.answered_at is None:
        account.ended_at, account.ended_by = one.at, "customer"


def _hangup(joining: _Joining, one: Told) -> None:
    account, facts = joining.account, one.facts
    if account.is_over:
        if account.left != "abandoned":  # giving up is told by the queue and by the line
            joining.doubt("two_ends", one.at)
        return
    talking = _talking(account)
    talked = facts.get("talked")
    if account.answered_at is None and (talked is not None or facts.get("by") == "agent"):
        if talked is not None:
            joining.doubt("no_answer_told", one.at, one.agent)
    elif talked is not None and talking:
        lasted = one.at - (talking[-1].answered_at or one.at)
        if abs(lasted - timedelta(seconds=talked)) > SLACK:
            seconds = round(lasted.total_seconds())
            joining.doubt("talk_differs", one.at, f"{talked} ≠ {seconds}")
    if joining.held_since is not None:
        joining.account.held = (account.held or timedelta()) + (one.at - joining.held_since)
        joining.held_since = None
        if facts.get("by") == "agent":
            joining.doubt("hold_open", one.at)
    _close(account, one)


def _close(account: Account, one: Told) -> None:
    facts = one.facts
    account.ended_at = one.at
    by = str(facts.get("by") or "")
    # What the system of the centre ends without an agent in the call, no agent ended.
    account.ended_by = "system" if by == "agent" and account.answered_at is None else by
    account.left = account.left or str(facts.get("reason") or "")
    if account.held is None and facts.get("hold") is not None:
        account.held = timedelta(seconds=facts["hold"])
    if account.transfers is None and facts.get("transfers") is not None:
        account.transfers = facts["transfers"]
    for leg in account.legs:
        if leg.ended_at is None:
            leg.ended_at = one.at
            leg.result = leg.result or "not_answered"


def _wrapup(joining: _Joining, one: Told) -> None:
    account = joining.account
    if account.ended_at is None:
        joining.doubt("backwards", one.at, "wrapup")
    else:
        account.wrapped_up_at = one.at


ACTS: dict[str, Callable[[_Joining, Told], None]] = {
    "start": _start, "queued": _queued, "ring": _ring, "no_answer": _no_answer,
    "answer": _answer, "hold": _hold, "unhold": _unhold, "transfer": _transfer,
    "leg_end": _leg_end, "left": _left, "hangup": _hangup, "wrapup": _wrapup,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Record:
    """A row of call detail records with its times read."""

    agent: str
    start: datetime
    answer: datetime | None
    end: datetime | None
    facts: dict[str, Any]


def _record(one: Told) -> _Record:
    def at(name: str) -> datetime | None:
        raw = one.facts.get(name)
        return datetime.fromisoformat(raw) if raw else None

    return _Record(one.agent, at("start") or one.at, at("answer"), at("end"), dict(one.facts))


def _with_records(joining: _Joining, told: list[Told]) -> None:
    """Detail records fill what nothing else told; what they contradict is doubted."""
    account = joining.account
    records = [_record(one) for one in told]
    is_alone = not account.legs and account.queued_at is None and account.answered_at is None
    for one in records:
        account.started_at = min(filter(None, (account.started_at, one.start)))
        if one.end is not None and one.end < one.start:
            joining.doubt("backwards", one.start, "end")
        elif is_alone:
            _from_record(account, one)
        else:
            _check_record(joining, one)
    ends = [one.end for one in records if one.end is not None]
    if ends and (account.ended_at is None or is_alone):
        account.ended_at = max(ends)
        _end((leg for leg in account.legs if leg.ended_at is None), max(ends))
    account.is_recorded_only = bool(records) and is_alone


def _from_record(account: Account, one: _Record) -> None:
    """A leg of which nothing else is known. What a machine answered, no agent did."""
    if not one.agent:
        if account.queue and account.queued_at is None and one.facts.get("application"):
            account.queued_at = one.answer or one.start
        return
    account.ringing_at = min(filter(None, (account.ringing_at, one.start)))
    is_taken = one.answer is not None and one.facts.get("result", "answered") == "answered"
    leg = Leg(one.agent, one.start, one.answer if is_taken else None, one.end)
    leg.result = "answered" if is_taken else "not_answered"
    account.legs.append(leg)
    if is_taken:
        account.answered_at = min(filter(None, (account.answered_at, one.answer)))


def _check_record(joining: _Joining, one: _Record) -> None:
    """An agent who talked by the records, but of whom the queue told nothing: a transfer that was
    never told (so it is with lines of the kind Local), and the talk of the first is overstated.
    """
    account = joining.account
    if not one.agent or one.answer is None or one.facts.get("result") != "answered":
        return
    known = {leg.agent for leg in account.legs if leg.answered_at is not None}
    if known and one.agent not in known:
        joining.doubt("overlap", one.answer, f"{account.agent} + {one.agent}")


def _finish(joining: _Joining, last: datetime) -> None:
    account = joining.account
    if account.ended_at is None and account.left in {"timeout", "no_agents", "key"}:
        # The queue gave it up; where it went then, nobody told.
        account.ended_at = last if account.answered_at is None else None
        account.ended_by = "system" if account.ended_at else ""
    if account.ended_at is None and joining.is_transferred and not _talking(account):
        account.ended_at = last  # as far as the agents of the centre are concerned
        joining.doubt("after_transfer", last)
    if account.ended_at is None:
        joining.doubt("no_end", last)
    if account.wrapped_up_at and account.ended_at and account.wrapped_up_at < account.ended_at:
        joining.doubt("backwards", account.wrapped_up_at, "wrapup")
        account.wrapped_up_at = None
    _in_order(joining)


TIMES = ("queued_at", "ringing_at", "answered_at", "ended_at")


def _in_order(joining: _Joining) -> None:
    """A time before the one that must precede it is doubted and not used."""
    account = joining.account
    before: datetime | None = None
    for name in TIMES:
        at = getattr(account, name)
        if at is None:
            continue
        if before is not None and at < before:
            joining.doubt("backwards", at, name)
            setattr(account, name, None)
        else:
            before = at
