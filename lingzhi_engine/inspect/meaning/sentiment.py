"""The sentiment model that comes with the engine.

Trained by ``benchmarks/train_sentiment.py``; how good it is stands in docs/reference/sentiment.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np

from .features import Floats
from .linear import Linear

LABELS = ("negative", "neutral", "positive")
WEIGHTS = Path(__file__).parents[1] / "data" / "sentiment.npz"


class BuiltInSentiment:
    """Probabilities of negative, neutral and positive (``LABELS``) for each text."""

    name: ClassVar[str] = "sentiment"
    version: ClassVar[str] = "1"

    def __call__(self, texts: Sequence[str]) -> Floats:
        """A row for each text in the order of ``LABELS``."""
        return _stored()(texts)


@cache
def _stored() -> Linear:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return Linear(stored["weights"], stored["biases"])
