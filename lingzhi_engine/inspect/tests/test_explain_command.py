"""Why a rule did not hit, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lingzhi_engine.__main__ import main

RULES = """
rules:
- id: ownership.shirking
  scope: {role: agent}
  conditions:
    pushed: {op: text.keyword, words: [不归我们管]}
    slow: {op: time.duration, min_ms: 600000}
  when: "pushed || slow"
"""
TALKS = [
    {"id": "1", "turns": ["customer: 我要退款", "agent: 这个不归他们管"]},
    {"id": "2", "turns": ["customer: 这不归我们管吗", "agent: 我来查"]},
    {"id": "3", "turns": ["customer: 我要退款", "agent: 这个不归我们管"]},
]


@pytest.fixture
def given(tmp_path: Path) -> Path:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    lines = "\n".join(json.dumps(talk, ensure_ascii=False) for talk in TALKS)
    (tmp_path / "talks.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def run(folder: Path, *more: str, rule: str = "ownership.shirking") -> int:
    paths = [str(folder / "rules.yaml"), str(folder / "talks.jsonl")]
    return main(["explain", *paths, "--rule", rule, *more])


def test_it_shows_the_nearest_sentence(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(given) == 0
    said = capsys.readouterr().out
    assert "ownership.shirking on 1: unknown" in said
    assert "* pushed  text.keyword: miss  (looks at 1 of 2 turns)" in said
    assert "nearest to 不归我们管: 80% alike  turn 2  agent: 这个不归他们管" in said
    assert "* slow  time.duration: unknown (" in said


def test_it_says_what_stands_outside_the_scope(
    given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(given, "--conversation", "2")
    said = capsys.readouterr().out
    assert "said, but not where it looks: 不归我们管  turn 1  customer: 这不归我们管吗" in said


def test_it_shows_what_was_found(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(given, "--conversation", "3")
    said = capsys.readouterr().out
    assert "on 3: hit" in said
    assert "found 1 against 1  turn 2  agent: 这个不归我们管" in said


@pytest.mark.parametrize(
    ("more", "rule", "said"),
    [
        (("--conversation", "9"), "ownership.shirking", "no conversation 9"),
        ((), "a.nothing", "no rule a.nothing; there are: ownership.shirking"),
    ],
)
def test_what_is_not_there_is_said(
    given: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], rule: str, said: str
) -> None:
    assert run(given, *more, rule=rule) == 1
    assert said in capsys.readouterr().err
