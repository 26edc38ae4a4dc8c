"""``specs.Emotion`` and ``EmotionChange`` for batches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..emotions import plain
from ..logic import UNKNOWN
from ..specs import Emotion, EmotionChange
from .figures import per_conversation, unless
from .outcome import Default, Outcome, outcome
from .question import Asked
from .rows import Floats, Rows, by_conversation, rows
from .scene import Scene

FAR = 10_000  # more than any two steps lie apart


def emotion(asked: Asked) -> Outcome:
    """The labels of all turns at once."""
    spec, scene = asked.spec, asked.scene
    turns = np.flatnonzero(asked.mask & _labelled(scene, lambda label: _counts(spec, label)))
    if spec.mode == "final":
        of = scene.conversations(turns)
        turns = turns[np.append(of[1:] != of[:-1], True)[: len(of)]]
    found = turns[_labelled(scene, lambda label: label in spec.wanted)[turns]]
    total, count = per_conversation(scene, turns), per_conversation(scene, found)
    holds, value, threshold = _against(spec, total, count)
    of = scene.conversations(found)
    shown, bare = found[holds[of]], np.flatnonzero((count == 0) | ~holds)
    said = _rows(scene, shown, value, threshold)
    absent = scene.whys.code(reasons.ABSENT)
    none = rows(bare, value=value[bare], threshold=threshold[bare], why=absent)
    judged = outcome(holds, asked.lacks, by_conversation(said, none))
    return unless(scene, judged, asked.lacks, total == 0, UNKNOWN, reasons.NO_EMOTION)


def _counts(spec: Emotion, label: str) -> bool:
    return label in spec.known if spec.known else bool(label)


def _against(spec: Emotion, total: Floats, count: Floats) -> tuple[Bools, Floats, Floats]:
    """Whether enough turns sound so, how many do, and how many should."""
    if spec.mode == "share":
        value = count * 100 / np.maximum(total, 1)
        return count * 100 >= spec.amount * total, value, np.full(len(total), spec.amount)
    needed = np.full(len(total), spec.amount if spec.mode == "at_least" else 1.0)
    if spec.mode == "all":
        needed = total
    return count >= needed, count, needed


def _labelled(scene: Scene, wanted: Callable[[str], bool]) -> Bools:
    """The turns whose label, plainly written, is wanted."""
    codes, labels = scene.batch.emotions
    fits = np.array([wanted(plain(label)) for label in labels], dtype=bool)
    return fits[codes] if len(codes) else np.zeros(0, dtype=bool)


def _rows(scene: Scene, turns: Ints, value: Floats, threshold: Floats) -> Rows:
    """Evidence that names the label of each of ``turns``; figures are those of conversations."""
    codes, labels = scene.batch.emotions
    whys = np.array([scene.whys.code(reasons.EMOTION, label) for label in labels], dtype=np.int64)
    of = scene.conversations(turns)
    why = whys[codes[turns]] if len(turns) else 0
    return rows(of, turn=turns, value=value[of], threshold=threshold[of], why=why)


def change(asked: Asked) -> Outcome:
    """Each turn with a known label against one before it."""
    spec, scene = asked.spec, asked.scene
    steps = dict(spec.steps)
    turns = np.flatnonzero(asked.mask & _labelled(scene, steps.__contains__))
    codes, labels = scene.batch.emotions
    kinds = [plain(label) for label in labels]
    step = np.array([steps.get(kind, 0) for kind in kinds], dtype=np.int64)[codes[turns]]
    of = scene.conversations(turns)
    begin = np.searchsorted(of, of)
    best = _greatest(spec, scene, turns, step, begin)
    place = np.arange(len(turns))
    counted = (place > begin) & (best >= spec.least)
    if spec.over == "ends":
        counted &= np.append(of[1:] != of[:-1], True)[: len(of)]
    if spec.final:
        counted &= _labelled(scene, lambda label: label in spec.final)[turns]
    shown = turns[counted]
    found = _rows(scene, shown, np.zeros(len(scene.batch)), np.full(len(scene.batch), spec.least))
    found = rows(
        found.conversation,
        turn=found.turn,
        value=best[counted].astype(np.float64),
        threshold=found.threshold,
        why=found.why,
    )
    holds = per_conversation(scene, shown) > 0
    default = Default(threshold=float(spec.least), why=scene.whys.code(reasons.ABSENT))
    judged = outcome(holds, asked.lacks, found, default)
    few = per_conversation(scene, turns) < 2
    return unless(scene, judged, asked.lacks, few, UNKNOWN, reasons.NO_EMOTION)


def _greatest(spec: EmotionChange, scene: Scene, turns: Ints, step: Ints, begin: Ints) -> Ints:
    """The greatest change to each turn from those before that it is compared with."""
    starts = np.ones(len(turns), dtype=bool)
    if spec.start:
        starts = _labelled(scene, lambda label: label in spec.start)[turns]
    worse = _highest(spec, np.where(starts, step, -FAR), begin) - step
    better = _highest(spec, np.where(starts, -step, -FAR), begin) + step
    if spec.direction == "changed":
        return np.maximum(worse, better)
    return better if spec.direction == "improved" else worse


def _highest(spec: EmotionChange, step: Ints, begin: Ints) -> Ints:
    """The highest step of those that each turn is compared with, from ``begin`` on."""
    if not len(step):
        return step
    if spec.over == "neighbours":
        return np.roll(step, 1)
    if spec.over != "any":
        return step[begin]
    lift = begin * (2 * FAR + 2)  # so that each conversation starts above the one before
    return np.roll(np.maximum.accumulate(step + lift), 1) - lift
