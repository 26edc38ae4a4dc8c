"""The operators on emotions, by hand, and whose emotions may be judged."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import InvalidRules, parse

from .one import finding, verdict
from .test_time import unknown_because


def sounds(*labels: str | None, role: str = "customer") -> list[Any]:
    return [{"role": role, "text": "喂", "emotion": label} for label in labels]


def shown(condition: dict[str, Any], *turns: Any) -> list[Any]:
    """Turn, label, value and threshold of the evidence."""
    found = finding(condition, *turns)
    assert found.verdict == "hit"
    return [(e.turn, e.detail, e.value, e.threshold) for e in found.evidence]


UPSET = sounds("neutral", None, "Angry", "negative")
EMOTION = {"op": "voice.emotion", "families": ["negative"]}


def test_any_turn() -> None:
    assert shown(EMOTION, *UPSET) == [(3, "Angry", 2.0, 1.0), (4, "negative", 2.0, 1.0)]
    assert verdict(EMOTION, *sounds("满意", "calm")) == "miss"
    assert verdict({"op": "voice.emotion", "labels": ["STRONGLY_negative"]}, *UPSET) == "miss"
    exact = {"op": "voice.emotion", "labels": ["angry", "不滿"]}
    assert shown(exact, *UPSET, *sounds("不满")) == [(3, "Angry", 2.0, 1.0), (5, "不满", 2.0, 1.0)]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ({"mode": "all"}, "miss"),
        ({"mode": "at_least", "n": 2}, "hit"),
        ({"mode": "at_least", "n": 3}, "miss"),
        ({"mode": "share", "percent": 66}, "hit"),
        ({"mode": "share", "percent": 67}, "miss"),
        ({"mode": "final"}, "hit"),
        ({"mode": "all", "scope": {"last_turns": 2}}, "hit"),
    ],
)
def test_how_many_turns(mode: dict[str, Any], expected: str) -> None:
    assert verdict({**EMOTION, **mode}, *UPSET) == expected


def test_the_last_turn_that_tells() -> None:
    assert shown({**EMOTION, "mode": "final"}, *UPSET, *sounds(None)) == [(4, "negative", 1.0, 1.0)]
    assert verdict({**EMOTION, "mode": "final"}, *UPSET, *sounds("happy")) == "miss"


def test_emotions_that_are_not_known() -> None:
    assert unknown_because(EMOTION, *sounds(None, "")) == ("no_emotion", None)
    assert unknown_because(EMOTION, *sounds("label of nobody")) == ("no_emotion", None)
    assert unknown_because(EMOTION, *sounds("angry", role="agent")) == ("role_missing", "customer")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, [(4, "negative", 1.0, 1.0)]),
        ({"over": "peak", "min_delta": 2}, [(3, "Angry", 2.0, 2.0)]),
        ({"over": "neighbours"}, [(3, "Angry", 2.0, 1.0)]),
        ({"over": "neighbours", "direction": "improved"}, [(4, "negative", 1.0, 1.0)]),
        ({"over": "any", "direction": "changed", "to": ["negative"]}, [(4, "negative", 1.0, 1.0)]),
        ({"over": "any", "from_families": ["neutral"]}, [(3, "Angry", 2.0, 1.0),
                                                         (4, "negative", 1.0, 1.0)]),
    ],
)  # fmt: skip
def test_how_it_changes(condition: dict[str, Any], expected: list[Any]) -> None:
    assert shown({"op": "voice.emotionChange", **condition}, *UPSET) == expected


@pytest.mark.parametrize(
    "condition",
    [
        {"direction": "improved"},
        {"min_delta": 2},
        {"over": "any", "from": ["positive"]},
        {"over": "any", "to": ["positive"]},
        {"order": ["neutral", "negative", "angry"]},
    ],
)
def test_how_it_does_not_change(condition: dict[str, Any]) -> None:
    assert verdict({"op": "voice.emotionChange", **condition}, *UPSET) == "miss"


def test_one_emotion_is_no_change() -> None:
    change = {"op": "voice.emotionChange"}
    assert unknown_because(change, *sounds("angry", None)) == ("no_emotion", None)
    assert unknown_because(change, *sounds("angry", "?")) == ("no_emotion", None)


def problems(condition: dict[str, Any], **rule: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRules) as refused:
        parse([{"id": "a.b", "conditions": {"a": condition}, **rule}])
    return [(problem.code, problem.field) for problem in refused.value.problems]


@pytest.mark.parametrize("operator", ["voice.emotion", "voice.emotionChange"])
@pytest.mark.parametrize("role", ["agent", ["customer", "agent"], "supervisor"])
def test_the_emotions_of_staff_are_refused(operator: str, role: Any) -> None:
    condition = {"op": operator, **({"labels": ["angry"]} if operator == "voice.emotion" else {})}
    refused = [("staff_emotion", "conditions.a.scope.role")]
    assert problems({**condition, "scope": {"role": role}}) == refused
    assert problems(condition, scope={"role": role}) == refused
    allowed = {**condition, "scope": {"role": role}, "allow_agent": True}
    assert len(parse([{"id": "a.b", "conditions": {"a": allowed}}]).rules) == 1


def test_staff_is_looked_at_where_the_rule_allows_it() -> None:
    condition = {**EMOTION, "allow_agent": True, "scope": {"role": "agent"}}
    assert verdict(condition, *sounds("angry", role="agent")) == "hit"
    # Without a role it is the customer all the same.
    assert unknown_because({**EMOTION, "allow_agent": True}, *sounds("angry", role="agent"))


def test_labels_must_be_known_or_in_the_order() -> None:
    change = {"op": "voice.emotionChange"}
    assert problems({**change, "to": ["bored"]}) == [("not_in_order", "conditions.a.to")]
    assert problems({**change, "order": ["bored"]}) == [("wrong_type", "conditions.a.order")]
    assert problems({"op": "voice.emotion", "labels": ["_"]}) == [("empty", "conditions.a.labels")]
    assert problems({**EMOTION, "mode": "share"}) == [("missing", "conditions.a.percent")]
    assert problems({"op": "voice.emotion"}) == [("needs_one_of", "conditions.a")]
