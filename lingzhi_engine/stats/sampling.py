"""Samples that can be drawn again, each row with its known chance of being drawn (抽样).

Every draw follows from a seed and the ids: each id gets a number between 0 and 1 from a keyed
hash. So the order in which the rows come does not matter, and anybody with the seed can draw the
sample again; fix the seed before the rows are known, and nobody has chosen. Two draws with one seed
from the same rows resemble each other: give every plan its own. With the chances kept, rates from
the sample are unbiased however unequal the chances were (`estimates`).

Rows that must be reviewed in any case are a stratum of their own, drawn whole; random non-hits of
a rule beside its hits are two strata.

References
    D. G. Horvitz and D. J. Thompson, "A generalization of sampling without replacement from a
    finite universe", Journal of the American Statistical Association 47(260), 1952, 663–685.
    W. G. Madow, "On the theory of systematic sampling, II", Annals of Mathematical Statistics
    20(3), 1949, 333–354.
    H. O. Hartley and J. N. K. Rao, "Sampling with unequal probabilities and without replacement",
    Annals of Mathematical Statistics 33(2), 1962, 350–374: in random order, as here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lingzhi_engine.stats.allocation import inclusion_probabilities

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Ids = Sequence[int | str]


class Sample(NamedTuple):
    """Which rows were drawn, by position in what was given and in order of their ids.

    ``probability[i]`` is the chance that ``rows[i]`` had to be drawn, 0 < p <= 1.
    """

    rows: Rows
    probability: Floats


def simple_sample(ids: Ids, n: int, *, seed: int) -> Sample:
    """``n`` rows, every set of n as likely as any other; all rows if there are no more."""
    return _joined(ids, [_lowest(_numbers(ids, seed), np.arange(len(ids)), n)])


def stratified_sample(
    ids: Ids, strata: Sequence[str], allocation: Mapping[str, int], *, seed: int
) -> Sample:
    """A simple sample of ``allocation[stratum]`` rows in each stratum; none where it has none.

    Take allocations from `proportional_allocation` or `equal_allocation`, or name them. A stratum
    without a share in the sample cannot be spoken for: rates hold for the others only.
    """
    numbers = _numbers(ids, seed)
    parts = [
        _lowest(numbers, rows, allocation[name])
        for name, rows in _groups(strata)
        if allocation.get(name, 0) > 0
    ]
    return _joined(ids, parts)


def risk_weighted_sample(ids: Ids, weights: ArrayLike, n: int, *, seed: int) -> Sample:
    """``n`` rows without replacement, each with a chance in proportion to its weight.

    Systematic sampling with unequal probabilities from the rows in random order: the chances are
    exact (Madow 1949), and variances may be estimated as if the draws were nearly independent
    (Hartley and Rao 1962). Rows whose weight asks for more than certainty are certain; rows of
    weight 0 are never drawn.
    """
    chances = inclusion_probabilities(weights, n)
    return _systematic(ids, chances, _numbers(ids, seed), seed)


def spread_sample(
    ids: Ids, persons: Sequence[str], weeks: ArrayLike, n: int, *, seed: int
) -> Sample:
    """``n`` rows of each person, spread over the weeks in which the person has any.

    ``weeks`` sort in time. Of a person with W such weeks every week gives n / W rows, rounded up
    or down by chance, or all it has. Each person is a stratum; with n below W the chance of a
    week to be visited is n / W, and it is part of the probability.
    """
    numbers, when = _numbers(ids, seed), np.asarray(weeks)
    parts = []
    for name, rows in _groups(persons):
        _, code, size = np.unique(when[rows], return_inverse=True, return_counts=True)
        chances = inclusion_probabilities(1 / size[code], n)
        own = [ids[row] for row in rows]
        drawn = _systematic(own, chances, code + numbers[rows], seed, name)
        parts.append(Sample(rows[drawn.rows], drawn.probability))
    return _joined(ids, parts)


def _numbers(ids: Ids, seed: int) -> Floats:
    """A number in [0, 1) for each id. Raises ValueError where an id comes twice."""
    texts = [str(one) for one in ids]
    if len(set(texts)) != len(texts):
        raise ValueError("an id comes twice")
    keyed = _keyed(seed)
    digests = []
    for text in texts:
        one = keyed.copy()
        one.update(text.encode())
        digests.append(one.digest())
    return (np.frombuffer(b"".join(digests), dtype=">u8") >> 11) / 2.0**53


def _keyed(seed: int) -> blake2b:
    return blake2b(digest_size=8, key=str(seed).encode())


def _groups(names: Sequence[str]) -> Iterator[tuple[str, Rows]]:
    """Each name with its rows, by name."""
    if not len(names):
        return
    found, code, size = np.unique(
        np.asarray(names, dtype=str), return_inverse=True, return_counts=True
    )
    rows = np.argsort(code, kind="stable")
    yield from zip(found.tolist(), np.split(rows, np.cumsum(size)[:-1]), strict=True)


def _lowest(numbers: Floats, rows: Rows, n: int) -> Sample:
    if n < 0:
        raise ValueError(f"no sample of {n}")
    chosen = rows[np.argsort(numbers[rows], kind="stable")[:n]]
    return Sample(chosen, np.full(len(chosen), min(1.0, n / max(len(rows), 1))))


def _systematic(ids: Ids, chances: Floats, order: Floats, seed: int, name: str = "") -> Sample:
    """Lay the chances end to end in the given order and take what every whole step hits."""
    line = np.argsort(order, kind="stable")
    ends = np.cumsum(chances[line])
    # The sum is whole but for rounding, which must not cost a draw at the end of the line.
    ends = np.round(ends, 9)
    start = float(_numbers([f"start {name}"], seed)[0])
    hit = np.floor(ends - start) - np.floor(np.concatenate([[0.0], ends[:-1]]) - start) > 0
    rows = line[hit]
    return _joined(ids, [Sample(rows, chances[rows])])


def _joined(ids: Ids, parts: Sequence[Sample]) -> Sample:
    if not parts:
        return Sample(np.array([], dtype=np.intp), np.array([], dtype=float))
    rows = np.concatenate([part.rows for part in parts])
    probability = np.concatenate([part.probability for part in parts])
    order = np.argsort(np.array([str(ids[row]) for row in rows]), kind="stable")
    return Sample(rows[order], probability[order])
