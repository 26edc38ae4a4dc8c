"""What a conversation brings along: the customer's mood and wishes, the agent's lapses."""

from random import Random

from lingzhi.demo.cast import LAPSES, Agent
from lingzhi.demo.scenarios import Scenario

# Of upset customers, how many go further; of angry ones, this many times as many.
_THREATS = {"regulator": 0.06, "legal": 0.012, "churn": 0.08, "wants_supervisor": 0.07}
_ANGRY_FACTOR = 2.5
_SELF_HARM = 0.002


def events(rng: Random, scenario: Scenario, *, strain: float) -> frozenset[str]:
    """What the customer will do. Strain (1 = a normal day) makes more of them upset."""
    found = {
        name
        for name, share in {
            "repeat_contact": scenario.repeat * strain,
            "refund": scenario.refund,
            "bad_phone": 0.02,
            "sale": scenario.sale,
            "transfer": 0.03,
            "second_question": 0.18,
            "bot_first": 0.15,
            "hello_only": 0.2,
        }.items()
        if rng.random() < share
    }
    if rng.random() < scenario.mood * (0.75 + 0.25 * strain):
        found |= _of_the_upset(rng, scenario)
    elif rng.random() < 0.07:
        found.add("praise")
    return frozenset(found)


def _of_the_upset(rng: Random, scenario: Scenario) -> set[str]:
    is_angry = rng.random() < scenario.anger
    factor = _ANGRY_FACTOR if is_angry else 1.0
    found = {"upset"} | ({"angry"} if is_angry else set())
    found |= {name for name, share in _THREATS.items() if rng.random() < share * factor}
    if is_angry and rng.random() < _SELF_HARM:
        found.add("self_harm")
    return found


def lapses(rng: Random, agent: Agent, *, days_before_end: int, strain: float) -> frozenset[str]:
    """Where the agent would fail today, should there be occasion."""
    return frozenset(
        lapse
        for lapse in LAPSES
        if rng.random() < agent.chance(lapse, days_before_end=days_before_end, strain=strain)
    )
