"""Control charts of shares: which days differ by more than chance (控制图)."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

SIGMAS = 3.0


class Limits(NamedTuple):
    """The centre line of a p chart, and for each period its limits (0–1), None without data."""

    centre: float
    low: list[float | None]
    high: list[float | None]


def p_limits(hits: Sequence[int], totals: Sequence[int]) -> Limits | None:
    """The p chart of Shewhart (GB/T 17989.2): limits three standard errors from the mean share.

    ``hits[i]`` of ``totals[i]`` in period i; the limits follow the size of each period. None when
    there is nothing in any period.
    """
    whole = sum(totals)
    if whole == 0:
        return None
    centre = sum(hits) / whole
    spread = [SIGMAS * sqrt(centre * (1 - centre) / total) if total else None for total in totals]
    return Limits(
        centre,
        [None if one is None else max(0.0, centre - one) for one in spread],
        [None if one is None else min(1.0, centre + one) for one in spread],
    )
