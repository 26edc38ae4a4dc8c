"""Sentiment and classifiers: what they find, and when nobody can tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lingzhi_engine.inspect import Batch, Finding, InvalidRules, Models, compile, parse
from lingzhi_engine.inspect.meaning.asking import Asking
from lingzhi_engine.inspect.meaning.classifier import (
    BadExamples,
    UnreadableModel,
    load,
    load_folder,
    train,
)
from lingzhi_engine.inspect.meaning.sentiment import WEIGHTS, BuiltInSentiment

from .toy_models import INTENTS, classifier, models

PRAISE, ANGER, ASKING = (
    "非常满意，物流很快，质量也很好，推荐",
    "质量太差了，非常失望，再也不会买了",
    "请问颐和园附近有什么酒店推荐吗",
)


def judged(condition: dict[str, Any], *lines: str, given: Models | None = None) -> Finding:
    rules = parse([{"id": "a.b", "conditions": {"a": condition}}])
    batch = Batch.from_conversations([{"id": "1", "turns": list(lines)}])
    return next(iter(compile(rules, models=given or models()).run(batch)))


def test_a_sentiment_points_at_the_turns_that_show_it() -> None:
    found = judged(
        {"op": "model.sentiment", "label": "negative"}, f"customer: {ASKING}", f"customer: {ANGER}"
    )
    (evidence,) = found.evidence
    assert (found.verdict, evidence.turn, evidence.start, evidence.end) == ("hit", 2, 0, len(ANGER))
    assert evidence.value is not None
    assert evidence.value >= 0.8 == evidence.threshold


@pytest.mark.parametrize(
    ("condition", "text", "verdict", "reason"),
    [
        ({"label": "positive"}, PRAISE, "hit", None),
        ({"label": "positive"}, ANGER, "miss", None),
        ({"label": "neutral"}, ASKING, "hit", None),
        ({"max": 0.2}, ANGER, "hit", None),
        ({"min": 0.8}, ANGER, "miss", None),
        ({"label": "negative", "per": "conversation"}, ANGER, "hit", None),
        ({"label": "negative"}, "嗯", "unknown", "no_speech"),
        ({"label": "negative", "sure": 1, "ruled_out": 0}, ANGER, "unknown", "unsure"),
        ({"label": "negative", "min_count": 2}, ANGER, "miss", None),
    ],
)
def test_sentiments(condition: Any, text: str, verdict: str, reason: str | None) -> None:
    found = judged({"op": "model.sentiment", **condition}, f"customer: {text}")
    assert (found.verdict, found.reason) == (verdict, reason)


def test_traditional_letters_feel_the_same() -> None:
    simplified, traditional = BuiltInSentiment()(["质量太差，后悔买了", "質量太差，後悔買了"])
    assert np.array_equal(simplified, traditional)


def test_the_weights_are_small_and_hold_no_objects() -> None:
    assert WEIGHTS.stat().st_size < 1_000_000
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert stored["weights"].dtype == np.float16


def test_without_a_model_nobody_can_tell() -> None:
    found = judged(
        {"op": "model.sentiment", "label": "negative"},
        f"customer: {ANGER}",
        given=Models(sentiment=None),
    )
    assert (found.verdict, found.reason, found.detail) == ("unknown", "model_missing", "sentiment")


def test_limits_must_stand_the_right_way_round() -> None:
    with pytest.raises(InvalidRules, match="ruled_out"):
        judged({"op": "model.sentiment", "label": "negative", "sure": 0.3, "ruled_out": 0.6})
    with pytest.raises(InvalidRules):
        judged({"op": "model.sentiment"})


@pytest.mark.parametrize(
    ("condition", "line", "verdict", "reason"),
    [
        ({"op": "model.intent", "intents": ["退款"]}, "customer: 我想退款", "hit", None),
        ({"op": "model.intent", "intents": ["投诉", "查询"]}, "customer: 我想退款", "miss", None),
        ({"op": "model.intent", "intents": ["退款"]}, "agent: 我想退款", "unknown", "role_missing"),
        ({"op": "model.topic", "topics": ["投诉"]}, "customer: 我要投诉", "hit", None),
        ({"op": "model.topic", "topics": ["投诉"], "model": "x"}, "customer: 我要投诉", "unknown",
         "model_missing"),
        ({"op": "model.classifier", "model": "own", "labels": ["别的"]}, "agent: 投诉你们",
         "unknown", "not_measured"),
        ({"op": "model.classifier", "model": "own", "labels": ["投诉"], "sure": 1,
          "ruled_out": 0.1}, "agent: 我要投诉", "unknown", "unsure"),
    ],
)  # fmt: skip
def test_classifiers(condition: Any, line: str, verdict: str, reason: str | None) -> None:
    found = judged(condition, line)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_too_few_examples_are_not_measured() -> None:
    strict = Models(classifiers={"own": classifier("own", enough=20)})
    condition = {"op": "model.classifier", "model": "own", "labels": ["投诉"]}
    found = judged(condition, "customer: 我要投诉", given=strict)
    assert (found.verdict, found.reason, found.detail) == ("unknown", "not_measured", "own: 投诉")


def test_a_text_is_put_to_a_model_once() -> None:
    class Counting(BuiltInSentiment):
        asked: list[str] = []

        def __call__(self, texts: Any) -> Any:
            self.asked.extend(texts)
            return super().__call__(texts)

    asking = Asking(Models(sentiment=Counting()))
    first = asking.sentiment([ANGER, PRAISE, ANGER])
    assert np.array_equal(first[[0, 1]], asking.sentiment([ANGER, PRAISE]))
    assert Counting.asked == [ANGER, PRAISE]


def test_a_classifier_is_measured_on_what_it_had_not_seen() -> None:
    measure = classifier().measures["投诉"]
    assert measure.examples == len(INTENTS["投诉"])
    assert measure.precision.denominator >= measure.precision.numerator
    low, high = measure.recall.interval()
    assert 0 < low < measure.recall.ratio <= high <= 1  # type: ignore[operator]


def test_labels_that_mean_nothing_are_measured_as_such() -> None:
    same = [(f"退款{number:07b}", "甲乙"[number.bit_count() % 2]) for number in range(60)]
    measure = train(same, name="x").measures["甲"]
    assert measure.precision.interval().low < 0.6


def test_a_classifier_survives_its_file(tmp_path: Path) -> None:
    classifier().save(tmp_path / "intent.npz")
    read = load_folder(tmp_path)["intent"]
    assert read == classifier()
    assert read.version == classifier().version
    assert np.array_equal(read(["我要投诉"]), classifier()(["我要投诉"]))


def test_a_file_that_is_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"PK nothing")
    np.savez(tmp_path / "b.npz", about=np.array([{"a": 1}], dtype=object), weights=0, biases=0)
    for name in ("a", "b", "missing"):
        with pytest.raises(UnreadableModel, match=name):
            load(tmp_path / f"{name}.npz")


@pytest.mark.parametrize(
    ("examples", "problem"),
    [
        ([("退款", "甲"), ("退款", "乙")], "two labels for"),
        ([("退款", "甲"), ("退货", "甲")], "two labels or more"),
        ([("退款", "甲"), ("退货", "甲"), ("投诉", "乙")], "single example"),
    ],
)
def test_bad_examples_are_named(examples: list[tuple[str, str]], problem: str) -> None:
    with pytest.raises(BadExamples, match=problem):
        train(examples, name="x")
