"""``specs.Field`` and ``Compare`` for batches: each different value is tested once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from ..arrays import counted_up
from ..batch import Ints
from ..fields import OWN, Answer, judge, judge_pair, pair, value_of
from ..logic import CODE
from ..specs import Compare, Field
from .outcome import Outcome
from .rows import rows
from .scene import Scene

Value = TypeVar("Value")


def field(spec: Field, scene: Scene) -> Outcome:
    """The answers for all conversations."""
    values, which = _read(scene, (spec.name,), lambda *given: value_of(spec.name, *given))
    return _outcome(scene, *_each_once(values, which, lambda value: judge(spec, value)))


def compare(spec: Compare, scene: Scene) -> Outcome:
    """The answers for all conversations."""
    pairs, which = _read(scene, (spec.left, spec.right), lambda *given: pair(spec, *given))
    return _outcome(scene, *_each_once(pairs, which, lambda values: judge_pair(spec, values)))


def _read(
    scene: Scene,
    names: Sequence[str],
    read: Callable[[Mapping[str, Any], Mapping[str, Any]], Value],
) -> tuple[list[Value], Ints]:
    """What is ``read`` from metadata and own fields, and which of it is each conversation's.

    Conversations that are alike in the metadata and in the own fields among ``names`` are read
    once.
    """
    own = [name for name in names if name in OWN]
    coded = (scene.batch.codes(name) for name in ("meta", *own))
    columns = [(codes, [*known, None]) for codes, known in coded]
    alike = np.zeros(len(scene.batch), dtype=np.int64)
    for codes, known in columns:
        alike = alike * len(known) + codes
    _, first, which = np.unique(alike, return_index=True, return_inverse=True)
    values = []
    for row in first.tolist():
        meta, *mine = (known[codes[row]] for codes, known in columns)
        values.append(read(scene.metadata(meta), dict(zip(own, mine, strict=True))))
    return values, which


def _each_once(
    values: Sequence[Value], which: Ints, answer: Callable[[Value], Answer]
) -> tuple[list[Answer], Ints]:
    """The answers to the different ``values``, and which of them is each conversation's."""
    number: dict[str, int] = {}
    answers: list[Answer] = []
    for value in values:
        if number.setdefault(repr(value), len(number)) == len(answers):
            answers.append(answer(value))
    places = np.array([number[repr(value)] for value in values], dtype=np.int64)
    return answers, places[which]


def _outcome(scene: Scene, answers: Sequence[Answer], which: Ints) -> Outcome:
    code = scene.whys.code
    state = np.array([CODE[answer.verdict] for answer in answers], dtype=np.uint8)
    why = np.array([code(answer.reason, answer.detail) for answer in answers], dtype=np.int64)
    shown = [e for answer in answers for e in answer.evidence]
    count = np.array([len(answer.evidence) for answer in answers], dtype=np.int64)
    first = np.cumsum(count) - count
    conversation = np.repeat(np.arange(len(which)), count[which])
    nth = counted_up(count[which])
    at = first[which[conversation]] + nth
    columns = (
        [np.nan if e.value is None else e.value for e in shown],
        [np.nan if e.threshold is None else e.threshold for e in shown],
    )
    value, threshold = (np.array(column, dtype=np.float64)[at] for column in columns)
    codes = np.array([code(e.reason, e.detail) for e in shown], dtype=np.int64)[at]
    found = rows(conversation, value=value, threshold=threshold, why=codes)
    return Outcome(state[which], why[which], found)
