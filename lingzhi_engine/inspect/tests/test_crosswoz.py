"""Real dialogue: the known size of the sample, and what was counted in it by reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from lingzhi_engine.inspect import Batch, Findings, Verdict, compile, parse

from .crosswoz import conversations

COUNT = yaml.safe_load(Path(__file__).with_name("hand_count.yaml").read_text(encoding="utf-8"))
READ = [f"{name}-{key}" for name, keys in COUNT["conversations"].items() for key in keys]


@pytest.fixture(scope="module")
def batch() -> Batch:
    return Batch.from_conversations(conversations())


def verdicts(findings: Findings, rule: str, verdict: Verdict) -> set[str]:
    return {f.conversation for f in findings if f.rule == rule and f.verdict == verdict}


def test_the_sample_is_whole(batch: Batch) -> None:
    assert (len(batch), batch.turn_count) == (1000, 16934)
    assert sum(len(t["text"]) for c in conversations() for t in c["turns"]) == 218_395 + 218_098


@pytest.mark.parametrize("counted", COUNT["counted"], ids=lambda counted: counted["rule"]["id"])
def test_the_engine_counts_as_a_reader_does(counted: dict[str, Any]) -> None:
    read = [c for c in conversations() if c["id"] in READ]
    findings = compile(parse([counted["rule"]])).run(Batch.from_conversations(read))
    rule = counted["rule"]["id"]
    assert len(read) == 30
    assert verdicts(findings, rule, Verdict.HIT) == set(counted["hits"])
    assert verdicts(findings, rule, Verdict.NA) == set(counted.get("na", []))
    assert verdicts(findings, rule, Verdict.UNKNOWN) == set()


def test_ten_rules_were_counted() -> None:
    assert len({counted["rule"]["id"] for counted in COUNT["counted"]}) == 10


def test_without_times_timing_rules_are_unknown(batch: Batch) -> None:
    timing = {
        "silence": {"op": "time.silence", "min_ms": 1},
        "response": {"op": "time.response", "measure": "average", "min_ms": 0},
        "duration": {"op": "time.duration", "min_ms": 0},
        "rate": {"op": "voice.rate", "min": 0},
        "early": {"op": "text.keyword", "words": ["好"], "scope": {"first_seconds": 5}},
    }
    rules = [{"id": f"t.{name}", "conditions": {"a": one}} for name, one in timing.items()]
    counts = compile(parse(rules)).run(batch).counts().to_pylist()
    assert [row["unknown"] for row in counts] == [1000] * len(timing)
