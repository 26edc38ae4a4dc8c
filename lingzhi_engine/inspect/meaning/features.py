"""Texts as counts of their character 1- to 3-grams, hashed: nothing to learn, nothing to store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ..fold import fold

_SIGNS = re.compile(r"[\W_]+")
Floats = npt.NDArray[np.float64]


def letters(text: str) -> int:
    """How many letters and digits ``text`` has."""
    return sum(1 for char in text if char.isalnum())


def features(texts: Sequence[str], size: int) -> Any:
    """A sparse row of ``size`` columns (a power of two) for each text, of length 1.

    Simplified and traditional, width and case count as the same, and signs do not count: what is
    recognised from speech has none.
    """
    return _vectorizer(size).transform([_SIGNS.sub("", fold(text)) for text in texts])


@cache
def _vectorizer(size: int) -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415 (a second)

    return HashingVectorizer(
        analyzer="char",
        ngram_range=(1, 3),
        n_features=size,
        lowercase=False,
        alternate_sign=False,
        dtype=np.float32,
    )


def shares(scores: Floats) -> Floats:
    """Scores (texts × classes) as probabilities, each row summing to 1 (softmax)."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Floats = raised / raised.sum(axis=1, keepdims=True)
    return found
