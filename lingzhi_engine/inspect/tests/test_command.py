"""The engine from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lingzhi_engine.__main__ import main
from lingzhi_engine.inspect import OPERATORS, files

from .crosswoz import conversations

RULES = """
rules:
- {id: a.thanks, scope: {role: customer}, conditions: {a: {op: text.keyword, words: [谢谢]}}}
- {id: a.timed, conditions: {a: {op: time.duration, min_ms: 1}}}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(c) for c in conversations()[:50]), encoding="utf-8")
    return path


def run(rules: Path, source: Path, out: Path) -> int:
    return main(["inspect", str(rules), str(source), "--out", str(out)])


def test_it_judges_lines(
    rules: Path, lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(rules, lines, tmp_path / "out.jsonl") == 0
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    hits = {line["conversation"] for line in found if line["verdict"] == "hit"}
    assert sum(line["verdict"] == "unknown" for line in found) == 50
    assert f"50 conversations, 836 turns, 2 rules, {len(hits)} hits" in capsys.readouterr().out


def test_parquet_and_small_groups_give_the_same_bytes(
    rules: Path, lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(rules, lines, tmp_path / "one.jsonl")
    table = pa.Table.from_pylist(
        [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    )
    pq.write_table(table, tmp_path / "in.parquet")
    monkeypatch.setattr(files, "GROUP", 7)
    run(rules, tmp_path / "in.parquet", tmp_path / "two.jsonl")
    run(rules, lines, tmp_path / "three.jsonl")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "three.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bad.jsonl", b'{"turns": []}\n{"turns"', "bad.jsonl, line 2"),
        ("bad.jsonl", b'{"turns": [1]}', "cannot be read"),
        ("bad.jsonl", b"\xff\xfe", "bad.jsonl"),
        ("bad.parquet", b"nothing", "bad.parquet"),
    ],
)
def test_it_names_a_file_it_cannot_use(
    rules: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes,
    message: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    assert run(rules, tmp_path / name, tmp_path / "out.jsonl") == 1
    assert message in capsys.readouterr().err


def test_it_names_the_problems_of_rules(
    lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.yaml").write_text("- {id: a.b, condition: {}}", encoding="utf-8")
    assert run(tmp_path / "bad.yaml", lines, tmp_path / "out.jsonl") == 1
    assert "did you mean 'conditions'?" in capsys.readouterr().err


def test_it_lists_the_operators(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["operators"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(OPERATORS)
    assert main(["operators", "--params"]) == 0
    assert "    similarity " in capsys.readouterr().out
