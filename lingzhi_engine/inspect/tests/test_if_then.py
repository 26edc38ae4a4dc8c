"""What must be said because something else was: how many duties, how far away, what excuses."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import InvalidRules, parse

from .one import finding, verdict, words

COMPLAINT: dict[str, Any] = {
    "op": "conv.ifThen",
    "trigger": {"role": "customer", "words": ["投诉"]},
    "duty": {"role": "agent", "words": ["抱歉"]},
}
BOTH = {**COMPLAINT, "duties": [{"name": "时限", "role": "agent", "pattern": "\\d天"}]}


def test_one_duty() -> None:
    assert words(COMPLAINT, "customer: 我要投诉", "agent: 很抱歉") == ["投诉", "抱歉"]
    (open_one,) = finding(COMPLAINT, "customer: 我要投诉", "agent: 哦", when="!a").evidence
    assert (open_one.turn, open_one.reason, open_one.detail) == (1, "duty_missing", None)
    assert verdict(COMPLAINT, "customer: 查话费", "agent: 好") == "na"
    assert verdict(COMPLAINT, "customer: 我要投诉") == "unknown"


@pytest.mark.parametrize(("how", "expected"), [
    ({}, "miss"), ({"mode": "any"}, "hit"), ({"mode": "at_least", "n": 2}, "miss"),
    ({"mode": "at_least", "n": 1}, "hit"),
])  # fmt: skip
def test_several_duties(how: dict[str, Any], expected: str) -> None:
    assert verdict({**BOTH, **how}, "customer: 投诉", "agent: 抱歉", "agent: 稍等") == expected
    assert verdict({**BOTH, **how}, "customer: 投诉", "agent: 抱歉", "agent: 3天内") == "hit"


def test_the_duties_that_are_missing_are_named() -> None:
    first, second = finding(
        BOTH, "customer: 投诉", "agent: 抱歉", "customer: 投诉", "agent: 哦", when="!a"
    ).evidence
    assert (first.turn, first.detail, second.turn, second.detail) == (1, "时限", 3, "抱歉 | 时限")
    assert (first.value, first.threshold) == (0.0, 2.0)


def test_duties_alone_in_a_list_and_how_many_there_are() -> None:
    listed = {key: value for key, value in BOTH.items() if key != "duty"}
    assert verdict(listed, "customer: 投诉", "agent: 3天") == "hit"
    none = {key: value for key, value in listed.items() if key != "duties"}
    for wrong in (none, {**BOTH, "mode": "at_least", "n": 3}):
        with pytest.raises(InvalidRules):
            parse([{"id": "a.b", "conditions": {"a": wrong}, "when": "a"}])


UNTIL_HE_SPEAKS = {**COMPLAINT, "until": "speaks_again"}


@pytest.mark.parametrize(("turns", "expected"), [
    (("customer: 投诉", "agent: 嗯", "agent: 抱歉"), "hit"),
    (("customer: 投诉", "customer: 听见吗", "agent: 抱歉"), "hit"),
    (("customer: 投诉", "agent: 嗯", "customer: 喂", "agent: 抱歉"), "miss"),
    (("customer: 投诉", "supervisor: 嗯", "agent: 抱歉", "customer: 好"), "hit"),
])  # fmt: skip
def test_until_the_speaker_of_the_trigger_speaks_again(
    turns: tuple[str, ...], expected: str
) -> None:
    assert verdict(UNTIL_HE_SPEAKS, *turns) == expected


def test_the_same_backwards() -> None:
    before = {**UNTIL_HE_SPEAKS, "side": "before"}
    assert verdict(before, "agent: 抱歉", "customer: 喂", "customer: 投诉") == "hit"
    assert verdict(before, "agent: 抱歉", "customer: 喂", "agent: 嗯", "customer: 投诉") == "miss"


def test_until_the_next_trigger() -> None:
    turns = ("customer: 投诉", "agent: 嗯", "customer: 投诉", "agent: 抱歉")
    assert verdict(COMPLAINT, *turns) == "hit"
    each = {**COMPLAINT, "until": "next_trigger"}
    assert verdict(each, *turns) == "miss"
    assert verdict({**each, "which": "last"}, *turns) == "hit"
    assert verdict({**each, "which": "first"}, *turns) == "miss"
    assert verdict({**each, "which": "any"}, *turns) == "hit"


def test_the_last_trigger() -> None:
    last = {**COMPLAINT, "which": "last"}
    assert verdict(last, "customer: 投诉", "agent: 抱歉", "customer: 投诉", "agent: 哦") == "miss"
    assert verdict(last, "customer: 投诉", "agent: 哦", "customer: 投诉", "agent: 抱歉") == "hit"


def test_what_excuses_a_trigger() -> None:
    excused = {**COMPLAINT, "excused_by": ["不用道歉"], "excused_by_pattern": "不是.{0,3}投诉"}
    turns = ("customer: 投诉", "agent: 嗯", "customer: 不用道歉", "agent: 好")
    found = finding(excused, *turns)
    assert (found.verdict.value, found.reason) == ("na", "excused")
    assert verdict({**excused, "excused_within": 1}, *turns) == "miss"
    assert verdict(excused, "customer: 我不是要投诉", "agent: 好") == "na"
    assert verdict(excused, *turns, "agent: 喂", "customer: 投诉", "agent: 哦") == "miss"
    assert verdict(excused, *turns, "agent: 喂", "customer: 投诉", "agent: 抱歉") == "hit"
    assert verdict(excused, "customer: 投诉", "customer: 不用道歉") == "unknown"
