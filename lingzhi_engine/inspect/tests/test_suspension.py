"""A pattern that takes too long is suspended; the other rules go on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

import hyperscan

from lingzhi_engine.inspect import Batch, Verdict, compile, parse, scan
from lingzhi_engine.inspect.pattern import confirm

SLOW: dict[str, Any] = {"op": "text.regex", "pattern": r"(x+)(x+)(x+)y\1\2\3z"}
RULES: list[dict[str, Any]] = [
    {"id": "a.slow", "conditions": {"a": SLOW}},
    {"id": "a.excused", "conditions": {"a": SLOW, "b": {"op": "text.keyword", "words": ["好"]}},
     "when": "a || b"},
    {"id": "a.quick", "conditions": {"a": {"op": "text.keyword", "words": ["好"]}}},
]  # fmt: skip


def test_the_others_go_on() -> None:
    plan = compile(parse(RULES))
    batch = Batch.from_conversations([{"turns": ["agent: 好" + "x" * 4000 + "y"]}])
    with patch.object(confirm, "TIMEOUT_SECONDS", 0.01):
        findings = list(plan.run(batch))
    assert [(f.verdict, f.reason, f.detail) for f in findings] == [
        (Verdict.UNKNOWN, "suspended", "timeout"),
        (Verdict.HIT, None, None),
        (Verdict.HIT, None, None),
    ]
    assert [(s.rule, s.condition, s.detail) for s in plan.suspended] == [
        ("a.slow", "a", "timeout"),
        ("a.excused", "a", "timeout"),
    ]


def test_what_hangs_on_it_is_unknown_too() -> None:
    after = {"op": "text.keyword", "words": ["好"], "scope": {"after": "a"}}
    plan = compile(parse([{"id": "a.b", "conditions": {"a": SLOW, "b": after}, "when": "b"}]))
    batch = Batch.from_conversations([{"turns": ["agent: " + "x" * 4000 + "y", "agent: 好"]}])
    with patch.object(confirm, "TIMEOUT_SECONDS", 0.01):
        assert [(f.verdict, f.reason) for f in plan.run(batch)] == [(Verdict.UNKNOWN, "suspended")]


def test_what_the_database_refuses_is_searched_one_by_one() -> None:
    words = [f"词{number}" for number in range(5)]
    rules = parse([{"id": "a.b", "conditions": {"a": {"op": "text.keyword", "words": words}}}])
    batch = Batch.from_conversations([{"turns": ["agent: 词3"]}])
    refused = scan.compiled

    def refuse(searched: dict[int, Any], folder: Path | None) -> Any:
        if 3 in searched:
            raise hyperscan.CompilerError("Pattern is too large.")
        return refused(searched, folder)

    with patch.object(scan, "SMALL", -1), patch.object(scan, "compiled", refuse):
        assert [f.verdict for f in compile(rules).run(batch)] == [Verdict.HIT]


def test_threads_may_share_a_plan() -> None:
    plan = compile(parse(RULES))
    batch = Batch.from_conversations([{"turns": ["agent: 好" * 50]}] * 50)
    with patch.object(scan, "SMALL", -1):
        expected = plan.run(batch).to_jsonl()
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: plan.run(batch).to_jsonl(), range(12)))
    assert set(found) == {expected}


def test_compiled_patterns_are_kept_in_a_folder(tmp_path: Path) -> None:
    rules = parse(RULES)
    batch = Batch.from_conversations([{"turns": ["agent: 好"]}])
    with patch.object(scan, "SMALL", -1):
        first = compile(rules, cache=tmp_path).run(batch).to_jsonl()
        (file,) = tmp_path.iterdir()
        with patch.object(scan, "compiled", side_effect=AssertionError):
            assert compile(rules, cache=tmp_path).run(batch).to_jsonl() == first
        file.write_bytes(b"broken")
        assert compile(rules, cache=tmp_path).run(batch).to_jsonl() == first
