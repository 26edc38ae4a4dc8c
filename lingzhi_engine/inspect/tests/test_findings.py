"""Findings: their tables, their bytes, and that the way to them does not matter."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import patch

import pytest

from lingzhi_engine.inspect import Batch, Findings, Verdict, compile, parse, plan, scan
from lingzhi_engine.inspect.findings import SCHEMA

from .crosswoz import conversations

RULES: list[dict[str, Any]] = [
    {
        "id": "a.thanks",
        "version": 3,
        "scope": {"role": "customer"},
        "conditions": {"a": {"op": "text.keyword", "words": ["谢谢", "谢了"]}},
    },
    {
        "id": "a.number",
        "conditions": {
            "a": {"op": "text.regex", "pattern": r"\d{3,4}-?\d{7,8}", "scope": {"role": "agent"}},
            "b": {"op": "text.keyword", "words": ["电话"], "scope": {"role": "customer"}},
        },
        "when": "a && b",
    },
    {
        "id": "a.phone_only",
        "channels": ["phone"],
        "conditions": {"a": {"op": "text.count", "min": 0}},
    },
    {"id": "a.timed", "conditions": {"a": {"op": "time.duration", "min_ms": 1}}},
]
CHAT = {
    "id": "x",
    "channel": "chat",
    "turns": [
        {"seq": 7, "role": "customer", "text": "電話多少", "confidence": 0.5},
        {"seq": 9, "role": "agent", "text": "是010-12345678\n谢谢", "confidence": 0.9},
    ],
}


def judged(*items: dict[str, Any]) -> Findings:
    return compile(parse(RULES)).run(Batch.from_conversations(items))


def test_a_row_points_at_the_words() -> None:
    table = judged(CHAT).table()
    assert table.schema == SCHEMA
    assert [
        (r["rule"], r["verdict"], r["turn"], r["start"], r["end"], r["confidence"], r["reason"])
        for r in table.to_pylist()
    ] == [
        ("a.number", "hit", 7, 0, 2, 0.5, None),
        ("a.number", "hit", 9, 1, 13, 0.9, None),
        ("a.phone_only", "na", None, None, None, None, "other_channel"),
        ("a.timed", "unknown", None, None, None, None, "no_times"),
    ]


def test_places_that_begin_together_come_by_their_end() -> None:
    words = {"op": "text.keyword", "words": ["好的好", "好"]}
    plan = compile(parse([{"id": "a.b", "conditions": {"a": words}}]))
    rows = plan.run(Batch.from_conversations([{"turns": ["agent: 好的好"]}])).table().to_pylist()
    assert [(r["start"], r["end"], r["value"]) for r in rows] == [(0, 1, 3), (0, 3, 3), (2, 3, 3)]


def test_misses_are_there_when_asked_for() -> None:
    rows = judged(CHAT).table([Verdict.MISS]).to_pylist()
    assert [(r["rule"], r["version"], r["verdict"]) for r in rows] == [("a.thanks", 3, "miss")]


def test_counts_are_complete() -> None:
    for row in judged(CHAT, {**CHAT, "id": "y", "channel": None}).counts().to_pylist():
        assert sum(row[verdict.value] for verdict in Verdict) == 2


def test_findings_of_one_conversation_are_all_rules() -> None:
    findings = judged(CHAT, {**CHAT, "id": "y"}).for_conversation("y")
    assert [(f.rule, f.verdict.value) for f in findings] == [
        ("a.thanks", "miss"),
        ("a.number", "hit"),
        ("a.phone_only", "na"),
        ("a.timed", "unknown"),
    ]
    with pytest.raises(KeyError):
        judged(CHAT).for_conversation("z")


def test_the_same_rules_and_data_give_the_same_bytes() -> None:
    some = conversations()[:200]
    export = judged(*some).to_jsonl()
    assert export == judged(*some).to_jsonl()
    lines = [json.loads(line) for line in export.splitlines()]
    order = {c["id"]: place for place, c in enumerate(some)}
    places = [order[line["conversation"]] for line in lines]
    assert places == sorted(places)
    assert len({line["rule"] for line in lines}) == 4


def test_neither_pieces_nor_the_database_change_anything() -> None:
    some = conversations()[:60]
    export = judged(*some).to_jsonl()
    with patch.object(plan, "SLICE_TURNS", 50), patch.object(scan, "SMALL", -1):
        assert judged(*some).to_jsonl() == export


def test_no_rules_give_no_findings() -> None:
    findings = compile(parse([])).run(Batch.from_conversations([CHAT]))
    assert list(findings) == []
    assert findings.table().num_rows == findings.counts().num_rows == 0


def test_no_conversations_give_no_findings() -> None:
    findings = judged()
    assert findings.table().num_rows == 0
    assert findings.to_jsonl() == ""
    assert list(findings) == []


def test_odd_text_is_judged_too() -> None:
    odd = {"id": "o", "turns": ["customer: 谢\ud800谢谢\x00😀谢谢", "agent: "]}
    rows = [r for r in judged(odd).table().to_pylist() if r["rule"] == "a.thanks"]
    assert [(r["start"], r["end"]) for r in rows] == [(2, 4), (6, 8)]


def test_tables_are_read_by_id_in_any_order() -> None:
    import pyarrow as pa

    batch = Batch.from_conversations(conversations()[:3])
    ids = batch.conversations["id"].to_pylist()
    named = [ids[row] for row in batch.conversation_of.tolist()]
    turns = batch.turns.set_column(0, "conversation", pa.array(named))
    shuffled = turns.take(list(range(turns.num_rows))[::-1])
    again = Batch.from_tables(batch.conversations, shuffled)
    assert again.turns.equals(batch.turns)
