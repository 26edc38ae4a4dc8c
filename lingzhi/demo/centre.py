"""The conversations of the demo centre, one dict each, from a seed alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from lingzhi.demo import dialogue, occasions
from lingzhi.demo.calendar import Arrival, Period, arrivals
from lingzhi.demo.cast import DEFAULT_END, Agent, agents_for, people, teams
from lingzhi.demo.pace import set_times
from lingzhi.demo.record import describe, turns
from lingzhi.demo.returning import Recent
from lingzhi.demo.scenarios import scenarios
from lingzhi.demo.slots import fill, pick
from lingzhi.demo.source import read
from lingzhi.demo.talk import Talk

__all__ = ["DEFAULT_END", "Case", "cases", "conversations", "people", "teams"]

COUNT = 20_000
_NOTHING = 0.012
_LEADER_STEPS_IN = 0.12
_NO_TIMES = 0.025
_SWAPPED = 0.004


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation with all that is known about how it came about."""

    number: int
    arrival: Arrival
    talk: Talk
    facts: dict[str, Any]


def conversations(
    n: int = COUNT, seed: int = 1, *, end_on: date = DEFAULT_END, days: int = 90
) -> Iterator[dict[str, Any]]:
    """`n` conversations of the `days` up to `end_on`, in order of time; times are ISO 8601 +08:00.

    The same arguments give the same conversations. What the telephone system did not deliver is
    None.
    """
    for case in cases(n, seed, Period(end_on, days)):
        yield {**case.facts, "turns": turns(case.talk)}


def cases(n: int, seed: int, period: Period) -> Iterator[Case]:
    """The conversations behind `conversations`, with lines, acts and lapses (see `truth`)."""
    recent = Recent(seed)
    for number, arrival in enumerate(arrivals(n, seed, period), start=1):
        case = _case(number, arrival, seed=seed, period=period, recent=recent)
        recent.remember(arrival, case.talk.slots, case.facts)
        yield case


def _case(number: int, arrival: Arrival, *, seed: int, period: Period, recent: Recent) -> Case:
    rng = Random(f"{seed}/{number}")  # noqa: S311 a demo needs no secrets
    scenario = scenarios()[arrival.scenario]
    day = arrival.at.date()
    queue = queue_of(rng, arrival.channel, scenario.queue)
    before_end, strain = period.days_before_end(day), period.strain(day, queue)
    agent = agent_on_duty(rng, queue, arrival, before_end)
    lapses = occasions.lapses(rng, agent, days_before_end=before_end, strain=strain)
    events = occasions.events(rng, scenario, strain=strain)
    earlier = recent.visit_before(number, arrival, says_so="repeat_contact" in events)
    talk = Talk(
        scenario=scenario,
        channel=arrival.channel,
        lapses=lapses,
        events=events,
        slots=fill(
            rng, scenario, agent=agent, at=arrival.at, earlier=earlier.slots if earlier else None
        ),
        rng=rng,
    )
    is_call_in = arrival.channel == "phone" and scenario.direction == "in"
    if is_call_in and rng.random() < _NOTHING:
        dialogue.write_nothing(talk)
    else:
        dialogue.write(talk)
    set_times(talk, agent.pace)
    facts = describe(talk, agent, queue=queue, at=arrival.at, strain=strain)
    if earlier:
        facts["customer"] = dict(earlier.customer)
    _damage(talk)
    return Case(number, arrival, talk, {"id": f"demo-{seed}-{number:06}", **facts})


def queue_of(rng: Random, channel: str, queue: str) -> str:
    """Half of what is written is answered by the online team, whatever it is about."""
    return read("people")["online_queue"] if channel != "phone" and rng.random() < 0.5 else queue


def agent_on_duty(rng: Random, queue: str, arrival: Arrival, before_end: int) -> Agent:
    """Somebody who serves the queue and works at that hour."""
    serving = agents_for(queue)
    on_duty = [
        agent
        for agent in serving
        if agent.is_on_duty(arrival.at.date(), arrival.at.hour, days_before_end=before_end)
        and (not agent.is_leader or rng.random() < _LEADER_STEPS_IN)
    ]
    if not on_duty:  # nobody is rostered: somebody of the team does overtime
        on_duty = [agent for agent in serving if agent.tenure_days > before_end]
    return pick(rng, on_duty)


def _damage(talk: Talk) -> None:
    """As in life: some recordings lose their times, some have their two channels exchanged."""
    if not talk.is_spoken:
        return
    if talk.rng.random() < _NO_TIMES:
        for line in talk.lines:
            line.start_ms = line.end_ms = None
    if talk.rng.random() < _SWAPPED:
        exchanged = {"agent": "customer", "customer": "agent"}
        for line in talk.lines:
            line.role = exchanged[line.role]
        talk.is_swapped = True
