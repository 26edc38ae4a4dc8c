"""Customers come again about what was not solved: within three days, as the same person."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from lingzhi.demo.calendar import Period
from lingzhi.demo.centre import Case, cases, conversations

COUNT, SEED = 6000, 7
WINDOW = timedelta(hours=72)
DIGITS = str.maketrans("零幺二三四五六七八九", "0123456789")


@pytest.fixture(scope="module")
def told() -> list[Case]:
    return list(cases(COUNT, SEED, Period(days=30)))


@pytest.fixture(scope="module")
def pairs(told: list[Case]) -> list[tuple[Case, Case]]:
    """Each inbound conversation of a customer and matter with the one of the days before it."""
    before: dict[Any, Case] = {}
    found = []
    for case in told:
        name, number = case.facts["customer"]["name"], case.facts["customer"]["phone"]
        if case.facts["direction"] != "in" or number is None:
            continue
        key = (name, number, case.facts["meta"]["reason"])
        if key in before and case.arrival.at - before[key].arrival.at <= WINDOW:
            found.append((before[key], case))
        before[key] = case
    return found


def test_about_one_of_fourteen_is_one(told: list[Case], pairs: list[tuple[Case, Case]]):
    assert 0.045 < len(pairs) / len(told) < 0.095


def test_they_come_when_the_earlier_one_is_over(pairs):
    for earlier, later in pairs:
        assert datetime.fromisoformat(earlier.facts["ended_at"]) < later.arrival.at


def test_it_is_the_same_person_with_the_same_matter(pairs):
    for earlier, later in pairs:
        assert later.talk.slots["full_name"] == earlier.talk.slots["full_name"]
        for name in ("product", "model", "city", "reason"):
            assert later.facts["meta"][name] == earlier.facts["meta"][name]
        assert later.talk.scenario is earlier.talk.scenario


def test_mostly_the_matter_was_not_solved(pairs):
    unsolved = sum(earlier.facts["outcome"] != "已解决" for earlier, _later in pairs)
    assert unsolved / len(pairs) > 0.6


def test_who_says_to_have_called_before_often_did(told: list[Case], pairs):
    again = {later.number for _earlier, later in pairs}
    inbound = [case for case in told if case.facts["direction"] == "in"]
    says = [case.number in again for case in inbound if case.talk.has("repeat_contact")]
    others = [case.number in again for case in inbound if not case.talk.has("repeat_contact")]
    assert sum(says) / len(says) > 5 * sum(others) / len(others)


def test_what_is_said_of_name_and_phone_is_that_of_the_facts(pairs):
    """The phone that is spoken is the customer's; the agent calls the customer by the name."""
    phones = names = 0
    for _earlier, later in pairs:
        customer = later.facts["customer"]
        for line in later.talk.lines:
            if "gives_phone" in line.acts and "bad_phone" not in line.acts:
                said = re.sub(r"\D", "", line.text.translate(DIGITS))
                phones += customer["phone"] in said
                assert customer["phone"] in said, line.text
            if customer["name"] and later.talk.slots["called"] in line.text:
                names += 1
                assert later.talk.slots["called"][:-2] == customer["name"][0]
    assert phones
    assert names


def test_the_same_seed_gives_the_same_customers():
    first, again = (
        [one["customer"] for one in conversations(800, 3, days=10)] for _time in range(2)
    )
    assert first == again
