"""Why a rule did not hit."""

from __future__ import annotations

from typing import Any

from lingzhi_engine.inspect import Verdict, explain, parse

RULE = parse(
    [
        {
            "id": "a.b",
            "conditions": {
                "greet": {
                    "op": "text.keyword",
                    "words": ["很高兴为您服务"],
                    "scope": {"role": "agent", "first_turns": 1},
                },
                "named": {"op": "text.keyword", "words": ["工号"], "scope": {"role": "agent"}},
            },
            "when": "greet && named",
        }
    ]
).rules[0]


def told(*turns: str) -> Any:
    return explain({"turns": list(turns)}, RULE)


def test_it_shows_what_was_said_outside_the_scope() -> None:
    story = told("agent: 喂", "agent: 您好很高兴为您服务，工号八八")
    greet, named = story.conditions
    assert story.finding.verdict == Verdict.MISS
    assert greet.turns == (1,)
    assert [(n.turn, n.start, n.end, n.likeness, n.in_scope) for n in greet.near_misses] == [
        (2, 2, 9, 1.0, False)
    ]
    assert named.verdict == Verdict.HIT
    assert story.decisive == ("greet",)


def test_it_shows_the_nearest_sentence() -> None:
    greet, _ = told("agent: 您好很高心为您服务").conditions
    (near,) = greet.near_misses
    assert (near.turn, near.start, near.end, near.in_scope) == (1, 2, 9, True)
    assert 0.8 < near.likeness < 1


def test_it_names_the_condition_that_cannot_be_judged() -> None:
    story = told("customer: 喂")
    assert story.finding.verdict == Verdict.UNKNOWN
    assert [c.reason for c in story.conditions] == ["role_missing", "role_missing"]
    assert story.decisive == ("greet", "named")


def test_the_sentence_most_like_an_example_is_told() -> None:
    condition = {"op": "text.similar", "examples": ["什么时候退款", "改地址"], "threshold": 0.9}
    rule = parse([{"id": "a.b", "conditions": {"a": condition}, "when": "a"}]).rules[0]
    story = explain({"turns": ["customer: 喂", "customer: 你好。什么时候能退款"]}, rule)
    (near,) = story.conditions[0].near_misses
    assert (near.pattern, near.turn, near.start, near.end) == ("什么时候退款", 2, 3, 10)
    assert 0.7 < near.likeness < 0.9
    assert near.in_scope
