"""Questions that models answer: conversation by conversation, on texts asked about all at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from ..meaning.features import letters
from ..meaning.unanswered import Unanswered
from ..reference import knowledge as entries
from ..reference import meaning
from ..specs import Classified, Mood
from . import each
from .outcome import Outcome
from .question import Asked


def mood(asked: Asked) -> Outcome:
    """``specs.Mood`` for batches."""
    _foresee(asked, asked.scene.asking.sentiment)
    return each.judge(asked, meaning.mood)


def classified(asked: Asked) -> Outcome:
    """``specs.Classified`` for batches."""
    spec: Classified = asked.spec
    _foresee(asked, lambda texts: asked.scene.asking.classes(spec.model, texts))
    return each.judge(asked, meaning.classified)


def _foresee(asked: Asked, rows: Callable[[list[str]], object]) -> None:
    """Has the model judge the turns in scope together; what it said is remembered."""
    spec: Mood | Classified = asked.spec
    if not spec.per_turn:
        return
    batch = asked.scene.batch
    known = asked.lacks[batch.conversation_of] == 0
    turns = np.flatnonzero(asked.mask & known)
    texts = batch.text.take(pa.array(turns)).to_pylist()
    try:
        rows([text for text in dict.fromkeys(texts) if letters(text) >= spec.min_chars])
    except Unanswered:
        return  # each conversation says so for itself


def judged(asked: Asked) -> Outcome:
    """``specs.Judged`` for batches."""
    return each.judge(asked, meaning.judged)


def knowledge(asked: Asked) -> Outcome:
    """``specs.Knowledge`` for batches."""
    return each.judge(asked, entries.knowledge)
