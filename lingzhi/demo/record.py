"""What the telephone and chat systems would deliver about a conversation."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from lingzhi.demo.cast import Agent
from lingzhi.demo.slots import pick
from lingzhi.demo.source import read
from lingzhi.demo.talk import Talk

_RING_SECONDS = 4.5
# How often a system does not deliver a value.
_MISSING = {
    "ringing_at": 0.04,
    "ring_count": 0.05,
    "hold_seconds": 0.03,
    "ended_by": 0.08,
    "wrapped_up_at": 0.06,
    "queued_at": 0.01,
}
_NAMELESS = 0.15
_NUMBERLESS = {"phone": 0.02, "chat": 0.35, "app": 0.15, "email": 0.7}
_STRANGER = 0.003


def describe(
    talk: Talk, agent: Agent, *, queue: str, at: datetime, strain: float
) -> dict[str, Any]:
    """Everything but the id and the turns."""
    rng = talk.rng
    is_stranger = rng.random() < _STRANGER
    facts = {
        "source": "demo",
        "channel": talk.channel,
        "direction": talk.scenario.direction,
        "queue": queue,
        "agent_no": f"99{int(rng.random() * 20):02}" if is_stranger else agent.staff_no,
        "team": "" if is_stranger else agent.team,
        "customer": _customer(talk),
        **_times(talk, at, strain),
        "ended_by": _ended_by(talk),
        "outcome": _outcome(talk),
        "transfers": talk.transfers,
        "meta": _meta(talk),
    }
    for name, share in _MISSING.items():
        if rng.random() < share:
            facts[name] = None
    return facts


def turns(talk: Talk) -> list[dict[str, Any]]:
    """The lines as a transcript."""
    return [
        {
            "seq": seq,
            "role": line.role,
            "start_ms": line.start_ms,
            "end_ms": line.end_ms,
            "text": line.text,
        }
        for seq, line in enumerate(talk.lines, start=1)
    ]


def _customer(talk: Talk) -> dict[str, str | None]:
    nameless = talk.rng.random() < _NAMELESS
    numberless = talk.rng.random() < _NUMBERLESS[talk.channel]
    return {
        "name": None if nameless else talk.slots["full_name"],
        "phone": None if numberless else talk.slots["phone"],
    }


def _times(talk: Talk, at: datetime, strain: float) -> dict[str, Any]:
    rng = talk.rng
    last = talk.lines[-1].end_ms or 0
    if talk.is_spoken:
        inbound = talk.scenario.direction == "in"
        ringing = at + timedelta(seconds=_wait(rng, at, strain) if inbound else 0)
        rings = 2.5 + rng.random() * (9 if inbound else 20) * strain**0.5
        answered = ringing + timedelta(seconds=rings)
        ended = answered + timedelta(milliseconds=last + 400 + rng.random() * 3_000)
        ring_count: int | None = 1 + int(rings / _RING_SECONDS)
    else:
        first = next(line.start_ms or 0 for line in talk.lines if line.role == "agent")
        ringing, ring_count = None, None
        answered = at + timedelta(milliseconds=first)
        ended = at + timedelta(milliseconds=last + 15_000 + rng.random() * 90_000)
    return {
        "queued_at": _iso(at),
        "ringing_at": _iso(ringing) if ringing else None,
        "answered_at": _iso(answered),
        "ended_at": _iso(ended),
        "wrapped_up_at": _iso(ended + timedelta(seconds=6 + rng.random() ** 2 * 110)),
        "ring_count": ring_count,
        "hold_seconds": _held(talk) if talk.is_spoken else None,
    }


def _wait(rng: Random, at: datetime, strain: float) -> float:
    busy = 2.0 if at.hour in (10, 15) else 1.0
    return rng.expovariate(1.0) * 11 * busy * strain**2


def _held(talk: Talk) -> int:
    """Seconds on hold: the waits somebody announced."""
    waits = (
        line.wait_ms or 0
        for at, line in enumerate(talk.lines)
        if any(
            near.acts & {"hold_request", "hold_blunt"} for near in talk.lines[max(0, at - 2) : at]
        )
    )
    return round(sum(waits) / 1000)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _ended_by(talk: Talk) -> str | None:
    if not talk.is_spoken:
        return None if talk.rng.random() < 0.5 else "customer"
    if talk.lapses_in("hang_up"):
        return "agent"
    return "system" if talk.rng.random() < 0.02 else "customer"


def _outcome(talk: Talk) -> str:
    outcomes = read("words")["outcomes"]
    if len(talk.lines) < 4 and talk.is_spoken:
        return str(outcomes["dropped"])
    if talk.transfers:
        return str(outcomes["transferred"])
    if talk.has("wants_supervisor"):
        return str(outcomes["escalated"])
    return str(outcomes["solved" if talk.is_solved else "registered"])


def _meta(talk: Talk) -> dict[str, Any]:
    """What the desk noted; a third of the customers rated."""
    slots, rng = talk.slots, talk.rng
    meta: dict[str, Any] = {
        "product": slots["product"],
        "model": slots["model"],
        "reason": slots["topic"],
        "city": slots["city"],
    }
    if talk.scenario.verify:
        meta["order"] = slots["order"]
    if not talk.is_solved and len(talk.lines) > 4:
        meta["ticket"] = slots["ticket"]
    if any("survey" in line.acts for line in talk.lines) and rng.random() < 0.33:
        meta["satisfaction"] = _rating(talk)
    return meta


def _rating(talk: Talk) -> int:
    """One to five: the upset and the badly treated rate lower."""
    if talk.has("angry"):
        return int(pick(talk.rng, (1, 1, 1, 2, 2, 3, 4)))
    if talk.has("upset"):
        return int(pick(talk.rng, (1, 2, 3, 3, 4, 4, 5)))
    return int(pick(talk.rng, (5, 5, 5, 5, 5, 4, 4, 3)))
