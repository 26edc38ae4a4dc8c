"""``specs.Field`` and ``Compare`` for batches: each different value is tested once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np

from ..fields import Answer, judge, judge_pair, pair, value_of
from ..logic import CODE
from ..specs import Compare, Field
from .outcome import Outcome
from .rows import rows
from .scene import Scene

Value = TypeVar("Value")


def field(spec: Field, scene: Scene) -> Outcome:
    """The answers for all conversations."""
    values = (value_of(spec.name, meta, own) for meta, own in scene.fields)
    return _outcome(scene, _each_once(values, lambda value: judge(spec, value)))


def compare(spec: Compare, scene: Scene) -> Outcome:
    """The answers for all conversations."""
    pairs = (pair(spec, meta, own) for meta, own in scene.fields)
    return _outcome(scene, _each_once(pairs, lambda values: judge_pair(spec, values)))


def _each_once(values: Iterable[Value], answer: Callable[[Value], Answer]) -> list[Answer]:
    known: dict[str, Answer] = {}
    answers = []
    for value in values:
        key = repr(value)
        if key not in known:
            known[key] = answer(value)
        answers.append(known[key])
    return answers


def _outcome(scene: Scene, answers: Sequence[Answer]) -> Outcome:
    state = np.array([CODE[answer.verdict] for answer in answers], dtype=np.uint8)
    why = np.array([scene.whys.code(a.reason, a.detail) for a in answers], dtype=np.int64)
    shown = [(i, e) for i, answer in enumerate(answers) for e in answer.evidence]
    return Outcome(
        state,
        why,
        rows(
            [i for i, _ in shown],
            value=[np.nan if e.value is None else e.value for _, e in shown],
            threshold=[np.nan if e.threshold is None else e.threshold for _, e in shown],
            why=[scene.whys.code(e.reason, e.detail) for _, e in shown],
        ),
    )
