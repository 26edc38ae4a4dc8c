"""``specs.Field`` for batches: each different value is tested once."""

from __future__ import annotations

import numpy as np

from ..fields import Answer, judge, value_of
from ..logic import CODE
from ..specs import Field
from .outcome import Outcome
from .rows import rows
from .scene import Scene


def field(spec: Field, scene: Scene) -> Outcome:
    """The answers for all conversations."""
    known: dict[str, Answer] = {}
    answers = []
    for meta, own in scene.fields:
        value = value_of(spec.name, meta, own)
        key = repr(value)
        if key not in known:
            known[key] = judge(spec, value)
        answers.append(known[key])
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
