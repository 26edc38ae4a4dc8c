"""Control charts by kind of data, and where a course changed (控制图、变点).

One statistic serves every rule: the sum of the last L days' deviations from what a baseline of
earlier days lets expect, in standard deviations. L = 1 is Shewhart's limit; the largest over many
L is the likelihood ratio for a level that changed L days ago, so its L dates the change.

* Shares are judged as on a p chart, cases per exposure as on a u chart, and where days differ by
  more than binomial or Poisson chance both limits are stretched as far (Laney's p' and u').
* Means are judged as on an individuals chart (I-MR): only sums are kept, so what a day's mean
  varies by is read from day to day.
* The judged days are not in the baseline. That a baseline is short widens everything: by the error
  of its mean, and by Student's t for the error of its spread.
* Few cases make the distribution skew: limits follow it (Cornish and Fisher), and with fewer than
  five expected cases on either side there is no verdict.
* A pattern that comes back (days of the week) is taken out where the baseline has four days of
  each class; other classes have the mean of all days.

References
    D. B. Laney, "Improved control charts for attributes", Quality Engineering 14(4), 2002.
    D. Siegmund, E. S. Venkatraman, "Using the generalized likelihood ratio statistic for
    sequential detection of a change-point", Annals of Statistics 23(1), 1995.
    E. A. Cornish, R. A. Fisher, "Moments and cumulants in the specification of distributions",
    Revue de l'Institut International de Statistique 5, 1938.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit

Floats = NDArray[np.float64]

JUDGED = 28  # the last days, at most: a change older than that is the new level
BASELINE = 84  # days before them, at most
FEWEST = 8  # days with data before anything is judged
OF_CLASS = 4  # days of a class before its pattern is taken out
EXPECTED = 5.0  # cases that must be expected on either side before a verdict
SHORTEST = 3  # days before a change has a date
PAIRS_D2 = 1.128  # mean range of two, in standard deviations
EFFICIENCY = 0.605  # of the mean moving range, against the standard deviation
NOWHERE = 1e-9  # a day at its centre lies on neither side
SURELY = 8.0  # scores beyond are as good as certain


class ChartKind(StrEnum):
    """Which chart fits: shares, cases per exposure, means."""

    SHARE = "p"
    RATE = "u"
    MEAN = "i"


@dataclass(frozen=True, slots=True)
class Chart:
    """A course judged by its own past. All lists have one entry a day, NaN where nothing is known.

    `centre`, `low` and `high` are in the unit of numerator ÷ denominator, at three standard
    deviations. `scores` says how far each day lies above its centre, in standard deviations of a
    normal distribution; `spread` is what a day varies by. `changes` are the scores of the last 1,
    2, 3 … days together. `dispersion` is how many times the spread that chance alone explains the
    days show (of means: the spread itself).
    """

    kind: ChartKind
    judged_from: int
    known: int
    centre: Floats
    low: Floats
    high: Floats
    scores: Floats
    dispersion: float
    is_seasonal: bool
    spread: Floats
    changes: Floats

    @property
    def outside(self) -> list[bool]:
        """Which days lie beyond their limits, on either side."""
        return [bool(abs(score) > 3.0) for score in self.scores]  # NaN is never beyond

    def run(self, sign: int) -> int:
        """How many known days at the end lie on one side of the centre (+1 above, −1 below)."""
        length = 0
        for score in self.scores[::-1]:
            if np.isnan(score):
                continue
            if score * sign <= 0:
                break
            length += 1
        return length

    def change(self, sign: int) -> tuple[float, int]:
        """The strongest sign of a changed level that lasts to the end: its score and first day.

        A change has a score from three days on. (0, −1) where none can be judged.
        """
        scores = np.nan_to_num(self.changes * sign, nan=-np.inf)
        if not np.isfinite(scores[SHORTEST - 1 :]).any():
            return 0.0, -1
        return float(scores[SHORTEST - 1 :].max()), len(self.scores) - 1 - int(scores.argmax())


def control_chart(
    kind: ChartKind,
    numerators: Sequence[float] | Floats,
    denominators: Sequence[float] | Floats,
    classes: Sequence[int] | None = None,
) -> Chart | None:
    """Judge the last days by those before; None with fewer than eight known ones before.

    A denominator of 0 is a day without data. `classes` are those of a pattern, one a day.
    """
    above, below = np.asarray(numerators, float), np.asarray(denominators, float)
    long = len(above) - int((below > 0).argmax())  # since the first day with data
    judged_from = len(above) - min(JUDGED, long // 3)
    base = (below > 0) & _between(len(above), judged_from - BASELINE, judged_from)
    if base.sum() < FEWEST:
        return None
    groups, seasons = _groups(classes, base)
    weight = np.where(below > 0, 1.0, 0.0) if kind is ChartKind.MEAN else below
    value = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    centre, whole = _centres(groups, base, above, below, weight, kind)
    unit = _unit_spread(kind, centre, below)
    with np.errstate(invalid="ignore", divide="ignore"):
        raw = np.where(unit > 0, (value - centre) / unit, np.nan)
        inner = np.sqrt(np.clip(1 - weight / whole, 1e-9, None))
    spread = _moving_spread((raw / inner)[base & ~np.isnan(raw)])
    if np.isnan(spread):
        return None
    spread = spread if kind is ChartKind.MEAN else max(1.0, spread)
    free = max(1.0, EFFICIENCY * (base.sum() - seasons))
    z = raw / spread if spread > 0 else np.full(len(raw), np.nan)
    information, skew = _information(kind, centre, below, spread, base)
    found = _Found(z, weight, whole, information, skew, groups, free)
    low, high = _limits(found, centre, unit * spread, kind)
    return Chart(
        kind, judged_from, int(base.sum()), centre, low, high, found.days(), float(spread),
        seasons > 1, unit * spread, found.endings(judged_from),
    )  # fmt: skip


class Size(NamedTuple):
    """How far days lie from what was to be expected, with its 95 % interval."""

    value: float
    low: float
    high: float


def size_of(
    chart: Chart,
    numerators: Sequence[float] | Floats,
    denominators: Sequence[float] | Floats,
    first: int,
) -> Size | None:
    """How far the days from index `first` on lie from their centre: by cases, of means by days.

    The interval holds what days vary by beyond chance, and that the baseline is an estimate.
    """
    below = np.asarray(denominators, float)[first:]
    value = np.divide(
        np.asarray(numerators, float)[first:], below, out=np.zeros(len(below)), where=below > 0
    )
    if not below.sum():
        return None
    counted = below if chart.kind is not ChartKind.MEAN else (below > 0) * 1.0
    part = counted / counted.sum()
    off = float(np.sum(part * np.where(below > 0, value - chart.centre[first:], 0.0)))
    own = np.nansum((part * chart.spread[first:]) ** 2)
    error = float(np.sqrt(own + np.nanmean(chart.spread[: chart.judged_from] ** 2) / chart.known))
    reach = float(stdtrit(max(1.0, EFFICIENCY * (chart.known - 1)), 0.975)) * error
    return Size(off, off - reach, off + reach)


@dataclass(frozen=True, slots=True)
class _Found:
    """Deviations of days and what is needed to add them up."""

    z: Floats
    weight: Floats
    whole: Floats
    information: Floats
    skew: Floats
    groups: NDArray[np.int64]
    free: float

    def days(self) -> Floats:
        """The score of each day on its own."""
        scores = self._score(self.z / np.sqrt(1 + self.weight / self.whole), self.skew)
        scores = np.where(np.abs(self.z) < NOWHERE, 0.0, scores)
        return np.where(self.information >= EXPECTED, scores, np.nan)

    def endings(self, first: int) -> Floats:
        """The score of the last 1, 2, 3 … known days together, one for each day since `first`."""
        taken = np.where(np.isnan(self.z), 0.0, 1.0)
        order = slice(None, first - 1 if first else None, -1)
        lengths = np.cumsum(taken[order])
        sums = np.cumsum(np.nan_to_num(self.z)[order])
        error = np.zeros(len(sums))  # what the classes' means may be off by, squared
        for group in np.unique(self.groups):
            mine = taken * (self.groups == group)
            if mine[order].any():
                of_group = self.whole[(self.groups == group).argmax()]
                error += np.cumsum((np.sqrt(self.weight) * mine)[order]) ** 2 / of_group
        skews = np.cumsum((np.nan_to_num(self.skew) * taken)[order])
        enough = np.cumsum((self.information * taken)[order]) >= EXPECTED
        with np.errstate(invalid="ignore", divide="ignore"):
            scores = self._score(sums / np.sqrt(lengths + error), skews / lengths**1.5)
        return np.where(enough & (lengths > 0), scores, np.nan)

    def _score(self, z: Floats, skew: Floats) -> Floats:
        """The normal score as improbable as `z` is, of a skew variable with estimated spread."""
        third = np.where(np.abs(skew) < 1e-6, 1e-6, skew) / 3
        inside = np.clip(1 + 2 * third * (z + third / 2), 0, None)
        plain = (np.sqrt(inside) - 1) / third
        below = -np.abs(plain)  # the lower tail keeps its digits
        return -np.sign(plain) * np.maximum(ndtri(stdtr(self.free, below)), -SURELY)


def _between(length: int, first: int, until: int) -> NDArray[np.bool_]:
    at = np.arange(length)
    return (at >= first) & (at < until)


def _groups(
    classes: Sequence[int] | None, base: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], int]:
    """The class of each day as far as the baseline knows it, else −1; how many are known."""
    if classes is None:
        return np.full(len(base), -1), 1
    wanted = np.asarray(classes)
    known = [one for one in np.unique(wanted) if (base & (wanted == one)).sum() >= OF_CLASS]
    if len(known) < 2:
        return np.full(len(base), -1), 1
    return np.where(np.isin(wanted, known), wanted, -1), len(known)


def _centres(
    groups: NDArray[np.int64], base: NDArray[np.bool_], above: Floats, below: Floats,
    weight: Floats, kind: ChartKind,
) -> tuple[Floats, Floats]:  # fmt: skip
    """For each day what its class lets expect, and on how much that rests."""
    centre, whole = np.full(len(base), np.nan), np.ones(len(base))
    for group in np.unique(groups):
        mine = groups == group
        rest = base & mine if group >= 0 else base
        if kind is ChartKind.MEAN:
            centre[mine] = np.mean(above[rest] / below[rest])
        else:
            centre[mine] = above[rest].sum() / below[rest].sum()
        whole[mine] = weight[rest].sum()
    return centre, whole


def _unit_spread(kind: ChartKind, centre: Floats, below: Floats) -> Floats:
    """The standard deviation that chance alone gives a day; 1 of means."""
    if kind is ChartKind.MEAN:
        return np.where(below > 0, 1.0, np.nan)
    variance = centre * (1 - centre) if kind is ChartKind.SHARE else centre
    spread: Floats = np.sqrt(np.divide(
        np.clip(variance, 0, None), below, out=np.full(len(below), np.nan), where=below > 0
    ))  # fmt: skip
    return spread


def _moving_spread(deviations: Floats) -> float:
    """The standard deviation from day to day, by the mean moving range of pairs."""
    if len(deviations) < FEWEST:
        return float("nan")
    return float(np.mean(np.abs(np.diff(deviations))) / PAIRS_D2)


def _information(
    kind: ChartKind, centre: Floats, below: Floats, spread: float, base: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """How many cases are expected on the rarer side, and how skew that makes a day."""
    if kind is ChartKind.MEAN:
        usual = float(np.median(below[base]))
        return np.where(below >= max(EXPECTED, usual / 4), EXPECTED, 0.0), np.zeros(len(below))
    variance = below * (centre * (1 - centre) if kind is ChartKind.SHARE else centre)
    lean = 1 - 2 * centre if kind is ChartKind.SHARE else np.ones(len(below))
    times = spread**2
    with np.errstate(invalid="ignore", divide="ignore"):
        skew = lean * (2 * times - 1) / np.sqrt(variance * times)
    return variance, np.where(np.isfinite(skew), skew, 0.0)


def _limits(
    found: _Found, centre: Floats, spread: Floats, kind: ChartKind
) -> tuple[Floats, Floats]:
    """Three standard deviations either way, widened by what the baseline does not know."""
    reach = float(stdtrit(found.free, ndtr(3.0)))
    bend = found.skew * (reach**2 - 1) / 6
    scale = spread * np.sqrt(1 + found.weight / found.whole)
    known = found.information >= EXPECTED
    most = 1.0 if kind is ChartKind.SHARE else np.inf
    low = np.where(known, np.clip(centre + scale * (bend - reach), 0, None), np.nan)
    high = np.where(known, np.clip(centre + scale * (bend + reach), None, most), np.nan)
    return low, high
