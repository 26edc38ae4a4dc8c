"""Where a condition looks: spans of time, turns counted among all, the turns of an anchor."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import Batch, compile, parse, reference

from .one import verdict

TURNS = (
    "agent@0-1000: 您好",
    "customer@1000-3000: 嗯",
    "agent@3000-5000: 行",
    "agent@5000-5000: 哦",
)
WORDS = ("您好", "嗯", "行", "哦")
UNTIMED = ("agent: 您好", "customer: 嗯", "agent: 行", "agent: 哦")


def said(word: str, scope: dict[str, Any], turns: tuple[str, ...]) -> str:
    return verdict({"op": "text.keyword", "words": [word], "scope": scope}, *turns)


@pytest.mark.parametrize(("scope", "words"), [
    ({"seconds": [0, 1]}, ["您好"]),
    ({"seconds": [1, 3]}, ["嗯"]),
    ({"seconds": [2.5, 3.5]}, ["嗯", "行"]),
    ({"seconds": [3, None]}, ["行", "哦"]),
    ({"seconds": {"from": 5}}, ["哦"]),
    ({"percent": [0, 20]}, ["您好"]),
    ({"percent": [50, 70]}, ["嗯", "行"]),
    ({"percent": [100, None]}, ["哦"]),
    ({"percent": [50, 70], "role": "agent"}, ["行"]),
    ({"seconds": [0, 4], "percent": [70, 90]}, ["行"]),
])  # fmt: skip
def test_a_span_of_time(scope: dict[str, Any], words: list[str]) -> None:
    assert [word for word in WORDS if said(word, scope, TURNS) == "hit"] == words
    assert said("嗯", scope, UNTIMED) == "unknown"


def test_turns_are_counted_among_those_of_the_role_or_among_all() -> None:
    second = {"role": "agent", "turns": [2, 2]}
    assert said("行", second, UNTIMED) == "hit"
    assert said("行", {**second, "absolute": True}, UNTIMED) == "miss"
    assert said("行", {"role": "agent", "first_turns": 3, "absolute": True}, UNTIMED) == "hit"
    assert said("嗯", {"role": "customer", "last_turns": 1}, UNTIMED) == "hit"
    assert said("嗯", {"role": "customer", "last_turns": 1, "absolute": True}, UNTIMED) == "miss"


def test_whose_turns_are_counted_goes_with_the_window() -> None:
    rule = {"id": "a.b", "scope": {"turns": [1, 1], "absolute": True}, "when": "a"}
    given = {"op": "text.keyword", "words": ["嗯"], "scope": {"role": "customer"}}
    own = {**given, "scope": {"role": "customer", "turns": [1, 1]}}
    for condition, absolute in ((given, True), (own, False)):
        (parsed,) = parse([{**rule, "conditions": {"a": condition}}]).rules
        assert parsed.condition("a").scope.absolute is absolute


AT: dict[str, Any] = {
    "id": "a.b",
    "conditions": {
        "a": {"op": "text.keyword", "words": ["退款"]},
        "b": {"op": "text.keyword", "words": ["三天"], "scope": {"at": "a"}},
    },
    "when": "b",
}


@pytest.mark.parametrize(("turns", "nth", "expected"), [
    (["agent: 退款要三天"], "any", "hit"),
    (["agent: 退款", "agent: 三天"], "any", "miss"),
    (["agent: 退款要三天", "agent: 退款"], -1, "miss"),
    (["agent: 退款要三天", "agent: 退款"], 1, "hit"),
    (["agent: 三天"], "any", "na"),
])  # fmt: skip
def test_the_turn_of_another_condition(turns: list[str], nth: Any, expected: str) -> None:
    at = {**AT["conditions"]["b"], "scope": {"at": {"condition": "a", "nth": nth}}}
    rules = parse([{**AT, "conditions": {**AT["conditions"], "b": at}}])
    batch = Batch.from_conversations([{"id": "1", "turns": turns}])
    (found,) = compile(rules).run(batch)
    assert found == reference.inspect(rules, [batch.conversation(0)])[0]
    assert found.verdict.value == expected
