"""Sums over facts (多维分析): measures by dimensions, from Parquet files, without a server."""

from lingzhi_engine.pivot.asking import Dimension, Measure, Question, TooManyCells, Within
from lingzhi_engine.pivot.summing import Sums, keys_of, quantiles, summed

__all__ = [
    "Dimension",
    "Measure",
    "Question",
    "Sums",
    "TooManyCells",
    "Within",
    "keys_of",
    "quantiles",
    "summed",
]
