"""The grammar of phrases, and that the demo's own phrases use it rightly."""

from datetime import datetime
from random import Random

import pytest

from lingzhi.demo.calendar import ZONE
from lingzhi.demo.cast import agents
from lingzhi.demo.phrases import parse_phrase
from lingzhi.demo.scenarios import Pool, Scenario, pools, scenarios
from lingzhi.demo.slots import fill


def wordings(text: str, **slots: str) -> set[str]:
    rng = Random(0)
    phrase = parse_phrase(text)
    return {phrase.say(rng.random, slots) for _ in range(300)}


def test_choices_may_be_empty_and_nested():
    assert wordings("[a|b[c|]]d") == {"ad", "bcd", "bd"}


def test_slots_are_filled():
    assert wordings("[a|{x}]{y}", x="1", y="2") == {"a2", "12"}


@pytest.mark.parametrize("broken", ["[a|b", "a]b", "a|b", "[a|[b]", "{a"])
def test_unmatched_brackets_are_refused(broken: str):
    with pytest.raises(ValueError, match=r"phrase|closed"):
        parse_phrase(broken)


def all_pools(scenario: Scenario) -> list[Pool]:
    asked = [pool for one in (*scenario.details, *scenario.asks) for pool in (one.ask, one.answer)]
    own = [scenario.begin, scenario.explain, scenario.found, scenario.solve]
    return asked + [pool for pool in own if pool is not None]


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.id)
def test_every_slot_of_a_scenario_is_filled(scenario: Scenario):
    at = datetime(2026, 5, 4, 10, tzinfo=ZONE)
    slots = fill(Random(1), scenario, agent=agents()[0], at=at)
    for pool in (*all_pools(scenario), *pools().values()):
        for phrase in pool.phrases:
            assert phrase.slots() <= slots.keys()


def test_there_are_scenarios_enough_with_names_of_their_own():
    names = [scenario.id for scenario in scenarios()]
    assert len(names) == len(set(names)) >= 25
