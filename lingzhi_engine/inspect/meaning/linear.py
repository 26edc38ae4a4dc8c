"""A linear model over character n-grams: what training leaves and what running needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .features import Floats, features, shares


class Linear:
    """Gives each text the probability of each class.

    ``weights`` are classes × columns, ``biases`` one a class, as precise as they are stored.
    """

    def __init__(self, weights: npt.NDArray[np.float16], biases: npt.NDArray[np.float32]) -> None:
        self.weights = weights
        self.biases = biases
        self._columns = weights.astype(np.float32).T

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Probabilities: a row for each text, a column for each class."""
        return self.of(features(texts, len(self._columns)))

    def of(self, rows: Any) -> Floats:
        """The same for rows of ``features``."""
        return shares((rows @ self._columns + self.biases).astype(np.float64))
