"""What is wrong in rules and conversations is named, all at once; nothing hangs or is cut."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from lingzhi_engine.inspect import (
    Batch,
    InvalidRules,
    compile,
    load,
    parse,
    reference,
    run_tests,
)
from lingzhi_engine.inspect.expression import DEEPEST
from lingzhi_engine.inspect.files import UnreadableFile, batches
from lingzhi_engine.inspect.judge import near
from lingzhi_engine.inspect.pattern.sounds import sounds

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/operators.md"
DEEP = 100_000
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, "", "x", "(", float("nan"), float("inf"), 10**30, [], {}, [[]], [{}],
    {"a": 1}, {1: 2}, [None], "\ud800", {"x": {"y": [1]}},
)  # fmt: skip
WORD = {"op": "text.keyword", "words": ["x"]}
RULE: dict[str, Any] = {
    "id": "a.b",
    "version": 1,
    "title": {"en": "x"},
    "dimension": "d",
    "severity": "minor",
    "channels": ["phone"],
    "directions": ["in"],
    "scope": {"role": "agent", "turns": [1, 2], "quantifier": {"at_least": 2}},
    "conditions": {
        "a": WORD,
        "b": {**WORD, "scope": {"after": {"condition": "a", "nth": 1, "turns": 2}}},
        "c": {**WORD, "scope": {"first_seconds": 3, "last_percent": 5}},
    },
    "when": "seq(a, b, within 2 turns) || c",
    "applies_when": "a",
    "effect": {"kind": "violation", "points": -5, "per": "once", "cap": -10},
    "tests": {"hit": [["agent@0-3: x"], {
        "meta": {"a": 1},
        "related": {"tickets": [{"id": "1"}]},
        "turns": [{"role": "agent", "text": "x", "start_ms": 1, "end_ms": 2, "confidence": 0.5,
                   "energy": 1.0, "emotion": "calm", "seq": 3}],
    }]},
}  # fmt: skip
TALK = {"turns": ["agent@0-900: 您好", "customer@2000-3000: 退款13800138000"], "meta": {"a": 1}}


def problems(data: object) -> list[str]:
    with pytest.raises(InvalidRules) as raised:
        parse(data)
    return [str(problem) for problem in raised.value.problems]


def rule(**changes: Any) -> dict[str, Any]:
    return {"id": "a.b", "conditions": {"a": WORD}, "when": "a", **changes}


def test_all_problems_are_named_at_once() -> None:
    wrong = [
        rule(conditions={"a": {"op": "text.keywrod", "words": ["x"]}}),
        rule(id="A", version="two", severity="grave", channels="phone", directions=["up"]),
        rule(id="a.c", when="a && z", effect={"points": "five"}, tests={"hit": [[3], 5]}),
        rule(id="a.d", conditions={
            "a": {**WORD, "scope": {"after": "b"}}, "b": {**WORD, "scope": {"before": "a"}},
        }),
        rule(id="a.e", conditions={"a": {"op": "text.regex", "pattern": ["(a+)+", "[", "a*"]}}),
        rule(id="a.f", conditions={"a": {"op": "text.count", "min": "3", "mx": 5}}),
        rule(id="a.f"),
        "no rule",
    ]  # fmt: skip
    named = "\n".join(problems(wrong))
    for place in (
        "a.b: conditions.a.op", "'text.keyword'", "A: id", "A: version", "A: severity",
        "A: channels", "A: directions", "a.c: when", "a.c: effect.points", "a.c: tests.hit.1",
        "a.c: tests.hit.2", "a.d: conditions: conditions hang on each other: a, b",
        "a.e: conditions.a.pattern", "a.f: conditions.a.min", "a.f: conditions.a.mx",
        "a.f: id: is used twice", "?: must be a mapping",
    ):  # fmt: skip
        assert place in named


def documents() -> Iterator[dict[str, Any]]:
    """A whole rule, and one of each operator as the reference shows it."""
    yield {"rules": [RULE], "wordsets": {"rude": {"severe": ["闭嘴"]}}}
    for block in re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S):
        shown = yaml.safe_load(block)
        if "condition" in shown:
            one = rule(conditions={"a": shown["condition"]})
            yield {"rules": [one], "wordsets": shown.get("wordsets", {})}


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    if isinstance(value, dict | list):
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield from places(value[key], (*at, key))


def put(value: Any, at: tuple[Any, ...], odd: Any) -> Any:
    if not at:
        return odd
    changed = copy.copy(value)
    changed[at[0]] = put(value[at[0]], at[1:], odd)
    return changed


@pytest.mark.slow
@pytest.mark.parametrize(
    "given", list(documents()), ids=lambda d: str(d["rules"][0]["conditions"]["a"]["op"])
)
def test_a_wrong_value_anywhere_is_a_problem_or_does_no_harm(given: dict[str, Any]) -> None:
    refused = 0
    for at in places(given):
        for odd in ODD:
            try:
                rules = parse(put(given, at, odd))
            except InvalidRules:
                refused += 1
            else:
                list(compile(rules).run(Batch.from_conversations([TALK])))
                assert all(run_tests(one) is not None for one in rules.rules)
    assert refused > 20


@pytest.mark.parametrize("when", [
    "(" * DEEP + "a" + ")" * DEEP, "!" * DEEP + "a", "(a && !" * DEEP + "a" + ")" * DEEP,
    "a unless " * DEEP + "a", "(" * DEEP,
], ids=["brackets", "not", "mixed", "unless", "open"])  # fmt: skip
def test_expressions_nested_too_deep(when: str) -> None:
    for named in (problems([rule(when=when)]), problems([rule(applies_when=when)])):
        assert len(named) == 1
        assert str(DEEPEST) in named[0]
    spoken = {"op": "text.expr", "expr": when}
    assert problems([rule(conditions={"a": spoken})])


def test_what_people_nest_is_not_too_deep() -> None:
    deepest = "(" * (DEEPEST - 1) + "a" + ")" * (DEEPEST - 1)
    plan = compile(parse([rule(when=deepest), rule(id="a.wide", when=" && ".join(["a"] * 1000))]))
    found = list(plan.run(Batch.from_conversations([["agent: x"], ["agent: y"]])))
    assert [one.verdict for one in found] == ["hit", "hit", "miss", "miss"]


def test_patterns_nested_too_deep() -> None:
    for pattern in ("(" * 900 + "a" + ")" * 900, "(?=" * 400 + "a" + ")" * 400):
        named = problems([rule(conditions={"a": {"op": "text.regex", "pattern": pattern}})])
        assert "deeper" in named[0]


@pytest.mark.parametrize("text", ["[" * DEEP + "]" * DEEP, "{a: " * DEEP, "- " * DEEP, "[[1"])
def test_files_nested_too_deep(text: str, tmp_path: Path) -> None:
    (tmp_path / "deep.yaml").write_text(text)
    (tmp_path / "other.yaml").write_text("rules: [{id: [}]")
    with pytest.raises(InvalidRules) as raised:
        load(tmp_path)
    assert [problem.file for problem in raised.value.problems] == ["deep.yaml", "other.yaml"]


@pytest.mark.slow
def test_ten_thousand_patterns() -> None:
    chars = list(sounds().first)
    words = [
        chars[n % 3000] + chars[n // 3 % 3000] + chars[-n % 3001] + "号" for n in range(10_000)
    ]
    plan = compile(parse([
        rule(conditions={"a": {"op": "text.keyword", "words": words}}),
        rule(id="a.last", conditions={"a": {"op": "text.keyword", "words": words[-1]}}),
    ]))  # fmt: skip
    talk = [[f"agent: {word}"] for word in (words[0], words[4999], words[-1], "没有")]
    found = [one.verdict for one in plan.run(Batch.from_conversations(talk))]
    assert found == ["hit", "miss", "hit", "miss", "hit", "hit", "miss", "miss"]


@pytest.mark.parametrize(
    "pattern", ["(a|aa)+$", "(a*)*b", "(x+x+)+y", r"(.*a){25}", r"(a?){30}a{30}"]
)
def test_catastrophic_expressions(pattern: str) -> None:
    try:
        plan = compile(parse([rule(conditions={"a": {"op": "text.regex", "pattern": pattern}})]))
    except InvalidRules:
        return
    (found,) = plan.run(Batch.from_conversations([["agent: " + "a" * 40_000 + "xb"]]))
    assert found.verdict != "unknown" or plan.suspended[0].detail == "timeout"


def test_a_turn_of_a_million_characters() -> None:
    conditions = {
        "a": {"op": "text.keyword", "words": ["终"]},
        "b": {"op": "text.near", "a": "好", "b": "的", "within": {"chars": 2}},
        "c": {"op": "text.repeat"},
        "d": {"op": "text.entity", "types": ["mobile"]},
        "e": {"op": "text.count", "what": "chars", "min": 1_000_000},
        "f": {"op": "text.similar", "examples": ["我要退款，快一点"]},
        "g": {"op": "conv.sequence", "steps": ["好", "的", "终"]},
    }
    rules = parse([rule(id=f"a.{name}", conditions={"a": one}) for name, one in conditions.items()])
    text = "agent: " + "好13800138000的" * 80_000 + "终"
    found = list(compile(rules).run(Batch.from_conversations([[text, text]])))
    assert [one.verdict for one in found] == ["hit"] * 5 + ["miss", "hit"]
    assert found[0].evidence[1].end == len(text) - len("agent: ")
    assert len(found[1].evidence) == 2 * (2 * 80_000 - 2)  # the first and the last stand alone
    assert len(found[3].evidence) == 2 * 80_000


def test_near_looks_at_neighbours_and_not_at_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []
    distance = near._distance

    def counted(spec: Any, scene: Any, one: Any, behind: Any) -> Any:
        looked_at.append(len(one))
        return distance(spec, scene, one, behind)

    monkeypatch.setattr(near, "_distance", counted)
    condition = {"op": "text.near", "a": "好", "b": "的", "within": {"chars": 2}}
    plan = compile(parse([rule(conditions={"a": condition})]))
    plan.run(Batch.from_conversations([["agent: " + "好的" * 1000]]))
    assert sum(looked_at) <= 4 * 1000


ODD_TALK: tuple[Any, ...] = (
    {"turns": ["agent@5000-1000: 您好", "customer@0-900: 好", "agent@0-9000: 好"]},
    {"turns": [{"role": "agent", "text": "您好", "start_ms": -5000, "end_ms": -1000},
               {"role": "customer", "text": "好", "start_ms": -9000, "end_ms": 5}]},
    {"turns": [{"text": "您好"}, {"role": None, "text": "好"}, {"role": "", "text": ""}]},
    {"turns": [": 您好", "agent: 好"]},
    {"turns": [{"role": "agent", "text": "好", "start_ms": 2**53, "end_ms": -(2**53)}]},
    {"turns": [{"role": "agent", "text": "好", "seq": 7}] * 2},
    {"turns": []},
    {},
)  # fmt: skip


@pytest.mark.parametrize("talk", ODD_TALK, ids=range(len(ODD_TALK)))
def test_odd_times_and_roles_are_judged_as_the_reference_judges_them(talk: Any) -> None:
    rules = parse([
        {**one["rules"][0], "id": f"a.r{number}", "tests": {}}
        for number, one in enumerate(documents()) if not one["wordsets"]
    ] + [{**RULE, "tests": {}}])  # fmt: skip
    batch = Batch.from_conversations([talk])
    expected = reference.inspect(rules, [batch.conversation(0)])
    assert list(compile(rules).run(batch)) == expected


def test_all_lines_that_are_no_conversations_are_named(tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    lines = [
        json.dumps(TALK), "{", "[" * DEEP, '{"turns": 5}', '{"turns": [{"text": 5}]}',
        '{"turns": [{"text": "x", "start_ms": 1e999}]}', '{"turns": [], "meta": "x"}',
        f'{{"turns": [{{"text": "x", "end_ms": {10**30}}}]}}',
        '{"turns": [{"text": "x", "energy": []}]}',
        "5", json.dumps(TALK), "\udcff",
    ]  # fmt: skip
    file.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
    with pytest.raises(UnreadableFile) as raised:
        list(batches(file))
    named = re.findall(r"talk.jsonl, line (\d+): .", str(raised.value))
    assert named == ["2", "3", "4", "5", "6", "7", "8", "9", "10", "12"]
