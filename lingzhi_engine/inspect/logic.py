"""The logic of verdicts: Kleene's three values, and ``na`` beside ``unknown`` in the middle.

A miss decides an "and", a hit decides an "or"; what is left undecided is unknown if anything
was unknown, else na if anything was na. So De Morgan's laws hold.
"""

from __future__ import annotations

from collections.abc import Iterable

from .model import Verdict

MISS, UNKNOWN, NA, HIT = range(4)  # codes; the smallest of a set is its "and"
CODE = {
    Verdict.MISS: MISS,
    Verdict.UNKNOWN: UNKNOWN,
    Verdict.NA: NA,
    Verdict.HIT: HIT,
}
VERDICTS = (Verdict.MISS, Verdict.UNKNOWN, Verdict.NA, Verdict.HIT)


def negate(verdict: Verdict) -> Verdict:
    """Hit for miss and miss for hit."""
    return {Verdict.HIT: Verdict.MISS, Verdict.MISS: Verdict.HIT}.get(verdict, verdict)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The "and" of ``verdicts``; hit when there are none."""
    return min(verdicts, key=CODE.__getitem__, default=Verdict.HIT)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The "or" of ``verdicts``; miss when there are none."""
    return negate(all_of(map(negate, verdicts)))


def at_least(count: int, verdicts: Iterable[Verdict]) -> Verdict:
    """Whether ``count`` of ``verdicts`` are hits, as far as the others leave it open."""
    given = list(verdicts)
    if given.count(Verdict.HIT) >= count:
        return Verdict.HIT
    if len(given) - given.count(Verdict.MISS) < count:
        return Verdict.MISS
    return Verdict.UNKNOWN if Verdict.UNKNOWN in given else Verdict.NA
