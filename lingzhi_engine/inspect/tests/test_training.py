"""A classifier is learned, told about and used from the command line."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from lingzhi_engine.__main__ import main
from lingzhi_engine.inspect.meaning.classifier import UnreadableModel, load, read, train

from .toy_models import INTENTS

RULE = "- {id: a.refund, conditions: {a: {op: model.intent, intents: [退款]}}}"


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    rows = [{"text": text, "label": label} for label, texts in INTENTS.items() for text in texts]
    path = tmp_path / "examples.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    return path


def test_it_says_how_good_every_label_is(
    examples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "intent.npz"
    assert main(["train", str(examples), "--out", str(out), "--enough", "6"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == sorted(INTENTS)
    assert all("6 examples, precision" in line and "%" in line for line in lines)
    assert load(out).name == "intent"


def test_it_is_kept_in_bytes_and_says_how_often_it_was_right() -> None:
    examples = [(text, label) for label, texts in INTENTS.items() for text in texts]
    model = train(examples, name="intent", threshold=0.0)
    file = BytesIO()
    model.write(file)
    file.seek(0)
    assert read(file, "intent").version == model.version
    rights = [one.recall.numerator for one in model.measures.values()]
    assert model.accuracy.denominator == len(examples)
    assert model.accuracy.numerator == sum(rights) > len(examples) / len(INTENTS)
    with pytest.raises(UnreadableModel):
        read(BytesIO(b"?"), "intent")


def test_a_trained_classifier_judges(examples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    assert main(["train", str(examples), "--out", str(folder / "intent.npz"), "--enough", "6"]) == 0
    (tmp_path / "rules.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"id": "1", "turns": ["customer: 我想退款"]}), encoding="utf-8"
    )
    given = [str(tmp_path / name) for name in ("rules.yaml", "in.jsonl", "out.jsonl")]
    command = ["inspect", *given[:2], "--out", given[2]]
    assert main([*command, "--models", str(folder)]) == 0
    found = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert found["verdict"] == "hit"
    assert main(command) == 0
    found = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert (found["verdict"], found["reason"]) == ("unknown", "model_missing")


def test_too_few_examples_are_said_to_be_too_few(
    examples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(examples), "--out", str(tmp_path / "x.npz")]) == 0
    assert capsys.readouterr().out.count("too few to be measured") == len(INTENTS)


def test_a_bad_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "退款", "label": "a"}\n{"text": 1}', "utf-8")
    assert main(["train", str(tmp_path / "bad.jsonl"), "--out", str(tmp_path / "x.npz")]) == 1
    assert "bad.jsonl, line 2" in capsys.readouterr().err
    assert not (tmp_path / "x.npz").exists()
