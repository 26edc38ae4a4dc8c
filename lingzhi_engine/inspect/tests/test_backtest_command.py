"""A back-test from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lingzhi_engine.__main__ import main
from lingzhi_engine.inspect import files

from .crosswoz import conversations

BEFORE = """
rules:
- {id: a.thanks, scope: {role: customer}, conditions: {a: {op: text.keyword, words: [谢谢]}}}
- {id: a.same, conditions: {a: {op: text.keyword, words: [你好]}}}
"""
AFTER = """
rules:
- {id: a.thanks, version: 2, scope: {role: customer},
   conditions: {a: {op: text.keyword, words: [谢谢, 感谢]}}}
- {id: a.same, conditions: {a: {op: text.keyword, words: [你好]}}}
- {id: a.new, conditions: {a: {op: time.duration, min_ms: 1}}}
"""


@pytest.fixture
def given(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(AFTER, encoding="utf-8")
    talks = [{**talk, "agent": "bo"} for talk in conversations()[:300]]
    lines = "\n".join(json.dumps(talk) for talk in talks)
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def run(folder: Path, out: str = "out.jsonl") -> int:
    paths = [str(folder / name) for name in ("a.yaml", "b.yaml", "in.jsonl")]
    return main(["backtest", *paths, "--out", str(folder / out)])


def test_it_says_what_changes(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(given) == 0
    said = capsys.readouterr().out
    lines = (given / "out.jsonl").read_text("utf-8").splitlines()
    rules = {one["rule"]: one for one in map(json.loads, lines)}
    gained = rules["a.thanks"]["gained"]
    assert gained > 0
    assert "300 conversations, 3 rules, 2 with another verdict somewhere" in said
    assert "a.thanks  v1 -> v2" in said
    assert f"gained  {gained:6}   lost      0" in said
    assert "agent bo: " in said
    assert "a.new  v2 (new)" not in said
    assert "a.new  v1 (new)" in said
    assert "a.same" not in said
    assert len(rules["a.thanks"]["samples"]["gained"]) == min(20, gained)


def test_small_groups_give_the_same_bytes(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(given, "one.jsonl")
    monkeypatch.setattr(files, "GROUP", 7)
    run(given, "two.jsonl")
    assert (given / "one.jsonl").read_bytes() == (given / "two.jsonl").read_bytes()


def test_it_names_a_file_it_cannot_use(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (given / "b.yaml").write_text("- {id: a.b, condition: {}}", encoding="utf-8")
    assert run(given) == 1
    assert "did you mean 'conditions'?" in capsys.readouterr().err
