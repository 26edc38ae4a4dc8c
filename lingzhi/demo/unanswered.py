"""Calls that nobody answered (呼损): customers gave up in the queue or while it rang."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from lingzhi.demo.calendar import Arrival, Period, arrivals
from lingzhi.demo.cast import DEFAULT_END
from lingzhi.demo.centre import COUNT, agent_on_duty, queue_of
from lingzhi.demo.scenarios import scenarios
from lingzhi.demo.slots import phone
from lingzhi.demo.source import read

# Of the inbound calls that come in a quiet hour, how many more nobody answers.
_SHARE = 0.03
_BUSY_HOURS, _BUSY_FACTOR = (10, 15), 1.8
_WHILE_RINGING = 0.65
_NUMBERLESS = 0.05
_RING_SECONDS = 4.5


def unanswered_calls(
    n: int = COUNT, seed: int = 1, *, end_on: date = DEFAULT_END, days: int = 90
) -> Iterator[dict[str, Any]]:
    """The calls beside `conversations` of the same arguments, in the same form, without turns.

    They come when calls come, more of them in busy hours and in the bad weeks.
    """
    period = Period(end_on, days)
    for number, arrival in enumerate(arrivals(n, seed, period), start=1):
        rng = Random(f"{seed}/{number}/unanswered")  # noqa: S311 a demo needs no secrets
        if rng.random() < _chance(arrival, period):
            yield {"id": f"demo-{seed}-u{number:06}", **_facts(rng, arrival, period)}


def _chance(arrival: Arrival, period: Period) -> float:
    scenario = scenarios()[arrival.scenario]
    if arrival.channel != "phone" or scenario.direction != "in":
        return 0.0
    busy = _BUSY_FACTOR if arrival.at.hour in _BUSY_HOURS else 1.0
    return _SHARE * busy * period.strain(arrival.at.date(), scenario.queue)


def _facts(rng: Random, arrival: Arrival, period: Period) -> dict[str, Any]:
    """What the telephone system delivers: an agent only where a telephone rang."""
    day = arrival.at.date()
    queue = queue_of(rng, arrival.channel, scenarios()[arrival.scenario].queue)
    agent = agent_on_duty(rng, queue, arrival, period.days_before_end(day))
    waited = timedelta(seconds=6 + rng.expovariate(1.0) * 25 * period.strain(day, queue))
    rang = 6 + rng.random() * 30
    is_ringing = rng.random() < _WHILE_RINGING
    ringing_at = arrival.at + waited if is_ringing else None
    ended_at = ringing_at + timedelta(seconds=rang) if ringing_at else arrival.at + waited
    return {
        "source": "demo",
        "channel": arrival.channel,
        "direction": "in",
        "queue": queue,
        "agent_no": agent.staff_no if is_ringing else "",
        "team": agent.team if is_ringing else "",
        "customer": {"name": None, "phone": None if rng.random() < _NUMBERLESS else phone(rng)},
        "queued_at": _iso(arrival.at),
        "ringing_at": _iso(ringing_at) if ringing_at else None,
        "answered_at": None,
        "ended_at": _iso(ended_at),
        "wrapped_up_at": None,
        "ring_count": 1 + int(rang / _RING_SECONDS) if is_ringing else None,
        "hold_seconds": None,
        "ended_by": "customer",
        "outcome": read("words")["outcomes"]["unanswered"],
        "transfers": 0,
        "meta": {},
        "turns": [],
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
