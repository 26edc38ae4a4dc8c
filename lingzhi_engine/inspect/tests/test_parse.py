"""A rule set is read whole, or every problem in it is named with its place."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import InvalidRules, load, parse, run_tests

UNKNOWN = "unknown_field"
SHIRKING: dict[str, Any] = {
    "id": "ownership.shirking",
    "scope": {"role": "agent"},
    "conditions": {"a": {"op": "text.keyword", "words": ["不归我们管"]}},
    "tests": {
        "hit": [["agent: 這個不歸我們管", "customer: 那归谁管"]],
        "miss": [["agent: 我帮您查一下", "customer: 不归我们管"]],
        "unknown": [["customer: 喂"]],
    },
}


def problems_of(*rules: Any) -> list[tuple[str | None, str, str, str | None]]:
    with pytest.raises(InvalidRules) as caught:
        parse(list(rules))
    return [(p.rule, p.field, p.code, p.hint) for p in caught.value.problems]


def with_condition(**condition: Any) -> dict[str, Any]:
    return {"id": "a.b", "conditions": {"a": condition}}


def test_it_reads_a_rule_with_its_defaults() -> None:
    rule = parse({"rules": [SHIRKING]}).rule("ownership.shirking")
    assert (rule.version, rule.dimension, rule.severity) == (1, "ownership", "minor")
    assert rule.condition("a").scope.roles == ("agent",)
    assert run_tests(rule) == []


def test_it_names_every_problem_at_once() -> None:
    found = problems_of(
        {
            "id": "Bad",
            "conditons": {},
            "conditions": {
                "a": {"op": "text.keywrd"},
                "b": {"op": "text.regex", "pattern": "(a+)+"},
                "c": {"op": "text.keyword", "wrds": ["x"]},
            },
            "when": "a && (zz",
        },
        {**SHIRKING, "severity": "grave"},
    )
    assert found == [
        ("Bad", "conditons", "unknown_field", "conditions"),
        ("Bad", "conditions.a.op", "unknown_operator", "text.keyword"),
        ("Bad", "conditions.b.pattern.1", "pattern_runaway", None),
        ("Bad", "conditions.c.wrds", "unknown_field", "words"),
        ("Bad", "conditions.c.words", "missing", None),
        ("Bad", "when", "bad_expression", None),
        ("Bad", "id", "bad_id", None),
        ("ownership.shirking", "severity", "bad_choice", None),
    ]


KEYWORD = {"op": "text.keyword", "words": ["a"]}


def scoped(**scope: Any) -> dict[str, Any]:
    return {**KEYWORD, "scope": scope}


@pytest.mark.parametrize(
    ("condition", "field", "code"),
    [
        ({"op": "text.regex", "pattern": "(a"}, "pattern.1", "bad_pattern"),
        ({"op": "text.regex", "pattern": "a*"}, "pattern.1", "pattern_matches_empty"),
        ({"op": "text.regex", "pattern": ["a", "(?:x{1,30}){2,}"]}, "pattern.2", "pattern_runaway"),
        ({"op": "text.keyword", "words": []}, "words", "empty"),
        ({**KEYWORD, "mode": "al"}, "mode", "bad_choice"),
        ({**KEYWORD, "mode": "at_least", "n": 2}, "n", "too_large"),
        ({**KEYWORD, "min_hits": 0}, "min_hits", "too_small"),
        ({"op": "text.expr", "expr": "(a && b"}, "expr", "bad_expression"),
        ({"op": "text.near", "a": "x", "b": "y", "within": {"lines": 2}}, "within.lines", UNKNOWN),
        ({"op": "text.wordset", "set": "rude"}, "set", "unknown_wordset"),
        ({"op": "text.count"}, "", "needs_one_of"),
        ({"op": "meta.field", "field": "x", "test": "gt", "value": "y"}, "value", "wrong_type"),
        ({"op": "conv.ifThen", "trigger": {}, "duty": "x"}, "trigger", "needs_one_of"),
        (scoped(rol="agent"), "scope.rol", UNKNOWN),
        (scoped(after="b"), "scope.after", "unknown_condition"),
        (scoped(quantifier="some"), "scope.quantifier", "wrong_type"),
        (scoped(turns=[0, 2]), "scope.turns", "wrong_type"),
        (scoped(seconds=[2, 1]), "scope.seconds", "too_small"),
        (scoped(seconds=[-2, 1]), "scope.seconds", "wrong_type"),
        (scoped(percent=5), "scope.percent", "wrong_type"),
        (scoped(absolute=1), "scope.absolute", "wrong_type"),
        (scoped(at={"condition": "a", "turns": 2}), "scope", "conflict"),
    ],
)
def test_it_refuses_a_bad_condition(condition: dict[str, Any], field: str, code: str) -> None:
    place = ".".join(part for part in ("conditions.a", field) if part)
    assert [(f, c) for _, f, c, _ in problems_of(with_condition(**condition))] == [(place, code)]


KNOWN_OFF: tuple[tuple[dict[str, Any], str], ...] = (
    ({"op": "risk.threat"}, "kinds, known, words, pattern"),
    ({"op": "pii.collected"}, "kinds, known, words, pattern"),
    ({"op": "conv.promise"}, "known, words, pattern"),
    ({"op": "forbidden.promise"}, "known, words, pattern"),
    ({"op": "text.question"}, "known, words, pattern"),
    ({"op": "bot.loop", "kind": "not_understood"}, "known, words, pattern"),
    ({"op": "bot.handover", "test": "never"}, "known, words, pattern"),
    ({"op": "bot.handover", "test": "refused", "words": ["人工"]}, "known, refusal"),
    ({"op": "call.hangup", "abnormal": True}, "known, farewells"),
    ({"op": "call.transfer", "cold": True}, "known, announced_by, announced_by_pattern"),
    ({"op": "text.politeness", "measure": "polite", "impolite": ["滚"], "max": 0}, "known, polite"),
)


@pytest.mark.parametrize(("condition", "fields"), KNOWN_OFF)
def test_it_refuses_a_condition_that_is_left_without_words(
    condition: dict[str, Any], fields: str
) -> None:
    parse([with_condition(**condition)])
    rule = with_condition(**condition, known=False)
    with pytest.raises(InvalidRules) as caught:
        parse([rule])
    assert [(p.code, p.params) for p in caught.value.problems] == [
        ("needs_one_of", {"fields": fields})
    ]


def test_an_identity_check_without_checks_or_disclosures_is_refused() -> None:
    for off in ("known_checks", "known_disclosures"):
        rule = with_condition(op="auth.verified", **{off: False})
        assert [c for _, _, c, _ in problems_of(rule)] == ["needs_one_of"]


def test_it_refuses_conditions_that_hang_on_each_other() -> None:
    rule = {
        "id": "a.b",
        "conditions": {
            "a": {"op": "text.keyword", "words": ["x"], "scope": {"after": "b"}},
            "b": {"op": "text.keyword", "words": ["y"], "scope": {"after": "a"}},
        },
        "when": "a && b",
    }
    assert ("a.b", "conditions", "anchor_cycle", None) in problems_of(rule)


def test_it_refuses_a_sequence_of_what_does_not_point_at_turns() -> None:
    rule = {
        "id": "a.b",
        "conditions": {
            "a": {"op": "text.count", "min": 1},
            "b": {"op": "text.keyword", "words": ["y"]},
        },
        "when": "seq(a, b)",
    }
    assert ("a.b", "when", "not_locating", None) in problems_of(rule)


def test_it_refuses_the_same_id_twice() -> None:
    assert problems_of(SHIRKING, SHIRKING) == [("ownership.shirking", "id", "duplicate_id", None)]


def test_it_names_the_file_of_a_problem(tmp_path: Any) -> None:
    (tmp_path / "good.yaml").write_text(
        "wordsets: {rude: {severe: [滚], mild: [哼]}}\nrules: []\n", encoding="utf-8"
    )
    (tmp_path / "bad.yaml").write_text(
        "- {id: a.b, conditions: {a: {op: text.wordset, set: rud}}}\n", encoding="utf-8"
    )
    with pytest.raises(InvalidRules) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        "bad.yaml: a.b: conditions.a.set: there is no word set 'rud'; did you mean 'rude'?"
    )


def test_it_names_a_file_it_cannot_read(tmp_path: Any) -> None:
    (tmp_path / "bad.yaml").write_text("rules: [", encoding="utf-8")
    with pytest.raises(InvalidRules) as caught:
        load(tmp_path / "bad.yaml")
    assert [p.code for p in caught.value.problems] == ["not_readable"]


def test_examples_are_run() -> None:
    rule = parse([{**SHIRKING, "tests": {"hit": [["agent: 好的"]]}}]).rules[0]
    assert [(p.code, p.field) for p in run_tests(rule)] == [
        ("no_examples", "tests"),
        ("example_verdict", "tests.hit"),
    ]
