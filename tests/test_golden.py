"""The golden calls are well formed, and their labels name rules that exist."""

import json
from collections import Counter
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
import yaml

from benchmarks.material.pages import BEGIN, END
from lingzhi_engine.inspect import load

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "data" / "golden").glob("*.jsonl"))
FIELDS = {"id", "scenario", "channel", "direction", "meta", "turns", "expected", "note"}
TIMED = {"opening.slow_answer", "time.long_silence", "time.too_long"}
Call = dict[str, Any]
CALLS: list[Call] = [
    json.loads(line) for path in FILES for line in path.read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def rule_ids() -> set[str]:
    return {rule.id for rule in load(ROOT / "data" / "rules" / "first").rules}


def is_timed(call: Call) -> bool:
    return call["turns"][0]["start_ms"] is not None


def test_there_are_fifteen_calls_of_each_of_ten_scenarios():
    counts = Counter(call["scenario"] for call in CALLS)
    assert len(counts) == 10
    assert set(counts.values()) == {15}
    assert len({call["id"] for call in CALLS}) == 150
    assert {path.stem for path in FILES} == set(counts)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call["id"])
def test_a_call_has_its_fields(call: Call):
    assert call.keys() - {"note"} == FIELDS - {"note"}
    assert call["id"].startswith(call["scenario"])
    assert (call["channel"], call["direction"] in ("in", "out")) == ("phone", True)
    assert call["meta"].get("ended_by", "agent") in ("agent", "customer", "system")
    assert [turn["seq"] for turn in call["turns"]] == list(range(1, len(call["turns"]) + 1))
    assert {turn["role"] for turn in call["turns"]} <= {"agent", "customer", "bot", "system"}
    assert all(turn["text"].strip() for turn in call["turns"])


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call["id"])
def test_times_are_sane_or_missing_altogether(call: Call):
    turns = call["turns"]
    if not is_timed(call):
        assert all(turn["start_ms"] is turn["end_ms"] is None for turn in turns)
        return
    assert all(0 <= turn["start_ms"] < turn["end_ms"] for turn in turns)
    starts = [turn["start_ms"] for turn in turns]
    assert starts == sorted(starts)
    assert turns[-1]["end_ms"] < 60 * 60 * 1000


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call["id"])
def test_labels_name_known_rules_once(call: Call, rule_ids: set[str]):
    assert call["expected"].keys() == {"hit", "na", "unknown"}
    named = [rule for rules in call["expected"].values() for rule in rules]
    assert len(named) == len(set(named))
    assert set(named) <= rule_ids


def test_what_the_record_cannot_tell_is_unknown():
    for call in CALLS:
        unknown = set(call["expected"]["unknown"])
        if not is_timed(call):
            assert unknown >= TIMED, call["id"]
        assert ("closing.agent_hung_up" in unknown) == ("ended_by" not in call["meta"]), call["id"]


# What these rules look at is in no call of this set: records of other systems, bots, mail, a voice
# over another, questions about private matters, suggestions that nobody takes up.
NOT_IN_CALLS = {
    "complaint.idea_not_noted",
    "courtesy.interrupts",
    "hold.too_long",
    "opening.mail_form",
    "opening.slow_answer_chat",
    "privacy.asks_too_much",
    "promise.broken",
    "risk.unsolved_before",
    "structure.bot_goes_round",
    "time.slow_reply_chat",
    "transfer.bot_keeps",
    "transfer.cold",
}


def test_nearly_every_rule_has_calls_to_be_measured_on(rule_ids: set[str]):
    hits = Counter(rule for call in CALLS for rule in call["expected"]["hit"])
    measured = rule_ids - NOT_IN_CALLS
    assert sum(hits[rule] >= 5 for rule in measured) / len(measured) > 0.9


def test_what_is_in_no_call_is_named(rule_ids: set[str]):
    hits = Counter(rule for call in CALLS for rule in call["expected"]["hit"])
    assert {rule for rule in rule_ids if not hits[rule]} == NOT_IN_CALLS


def test_the_reference_shows_every_rule_that_was_measured():
    page = (ROOT / "docs" / "reference" / "golden.md").read_text("utf-8")
    named = {rule for call in CALLS for rules in call["expected"].values() for rule in rules}
    assert not [rule for rule in named if f"| `{rule}` |" not in page]


def test_the_reference_shows_what_is_measured_now(monkeypatch):
    """After a change of a rule or a call: `.venv/bin/python benchmarks/golden.py --write`."""
    monkeypatch.syspath_prepend(str(ROOT))  # the program replaces the first entry
    golden = run_path(str(ROOT / "benchmarks" / "golden.py"))
    page = (ROOT / "docs" / "reference" / "golden.md").read_text("utf-8")
    shown = page.split(BEGIN)[1].split(END)[0].strip()
    assert shown == golden["page"](CALLS, golden["judge"](CALLS))


def test_rules_that_were_tuned_on_calls_say_so(rule_ids: set[str]):
    """A rule beyond its first version was changed; the calls looked at are named."""
    tuned = yaml.safe_load((ROOT / "data" / "golden" / "tuned.yaml").read_text("utf-8"))
    changed = {r.id for r in load(ROOT / "data" / "rules" / "first").rules if r.version > 1}
    assert changed == {*tuned["rules"], *tuned["on_all"], *tuned["reworded"]} <= rule_ids
    assert 0 < tuned["up_to"] < 15
