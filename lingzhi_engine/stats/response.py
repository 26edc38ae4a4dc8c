"""Who did not answer, and what the answers say once that is set right (无应答偏差).

Of everybody who was asked some facts are known: channel, team, matter, outcome, new or old
customer. `response_rates` compares how often each group answered. `weighted_share` and
`weighted_answers` weigh the answers so that each group counts as it was asked: raking (Deming and
Stephan 1940) brings the weights to the size of every group of every fact. That removes the part of
the bias that goes with these facts and no other; so the raw figure always stands beside it.
`representativeness` is the R-indicator: 1 where everybody was equally likely to answer.

Groups with few answers are joined with the others of their kind, for a handful cannot speak for a
crowd. A group that was asked often and never answered is `silent`: nobody can speak for it, the
value is unknown and the limits leave its whole range open.

References
    W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11(4), 1940, 427–444.
    J.-C. Deville and C.-E. Särndal, "Calibration estimators in survey sampling", Journal of the
    American Statistical Association 87(418), 1992, 376–382 (variance by residuals).
    B. Schouten, F. Cobben and J. Bethlehem, "Indicators for the representativeness of survey
    response", Survey Methodology 35(1), 2009, 101–113.
    N. Shlomo, C. Skinner and B. Schouten, "Estimation of an indicator of the representativeness of
    survey response", Journal of Statistical Planning and Inference 142(1), 2012, 201–211.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

from lingzhi_engine.stats.effective import interval_of_share
from lingzhi_engine.stats.intervals import difference
from lingzhi_engine.stats.measured import Kind, Measured
from lingzhi_engine.stats.rates import Rate

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
FEWEST = 10  # answers that may speak for a group
ROUNDS = 200
REST = "\x00rest"


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Everybody who was asked: the group of each by fact, and what each answered (NaN: nothing).

    Raises ValueError where lengths differ.
    """

    facts: Mapping[str, Sequence[str]]
    answers: Floats

    @classmethod
    def of(cls, facts: Mapping[str, Sequence[str]], answers: ArrayLike) -> Asked:
        """From plain lists."""
        values = np.asarray(answers, dtype=float)
        if any(len(groups) != len(values) for groups in facts.values()):
            raise ValueError("facts and answers differ in length")
        return cls(facts, values)

    def __len__(self) -> int:
        return len(self.answers)

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Who answered."""
        return ~np.isnan(self.answers)


class GroupResponse(NamedTuple):
    """How often one group answered, and by how much that differs from everybody else's.

    ``low`` to ``high`` is the interval of the difference (Newcombe), −1 to 1.
    """

    fact: str
    group: str
    rate: Rate
    low: float
    high: float

    @property
    def is_different(self) -> bool:
        """More than chance explains."""
        return self.low > 0 or self.high < 0


def response_rates(asked: Asked, level: float = 0.95) -> list[GroupResponse]:
    """Every group of every fact against all others, in the order of facts and names."""
    found, whole = [], Rate(int(asked.answered.sum()), len(asked))
    for fact, groups in asked.facts.items():
        names, code = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
        were_asked = np.bincount(code, minlength=len(names))
        answered = np.bincount(code, asked.answered, minlength=len(names)).astype(int)
        for at, name in enumerate(names):
            own = (int(answered[at]), int(were_asked[at]))
            others = (whole.numerator - own[0], whole.denominator - own[1])
            low, high = difference(others, own, level)
            found.append(GroupResponse(fact, str(name), Rate(*own), low, high))
    return found


@dataclass(frozen=True, slots=True)
class Weighted:
    """A figure of everybody who was asked, beside the raw one.

    ``silent`` names the groups nobody speaks for (fact, group), ``silent_share`` how many of those
    asked that is; ``joined`` those with too few answers of their own. ``effective_size`` is Kish's:
    so many answers of equal weight would be as precise.
    """

    raw: Measured
    weighted: Measured
    silent: tuple[tuple[str, str], ...]
    silent_share: float
    joined: tuple[tuple[str, str], ...]
    effective_size: float


def weighted_share(asked: Asked, level: float = 0.95, *, fewest: int = FEWEST) -> Weighted:
    """The share of ones (satisfied) among everybody asked, with Wilson's interval at n*."""
    return _weigh(asked, (0.0, 1.0), level, fewest, is_share=True)


def weighted_answers(
    asked: Asked, bounds: tuple[float, float], level: float = 0.95, *, fewest: int = FEWEST
) -> Weighted:
    """The mean of answers between ``bounds`` of everybody asked, with Student's interval.

    With answers −100, 0 and 100 it is the NPS.
    """
    return _weigh(asked, bounds, level, fewest, is_share=False)


class _Groups(NamedTuple):
    codes: list[Codes]  # per fact, the group of everybody; -1: silent
    silent: tuple[tuple[str, str], ...]
    joined: tuple[tuple[str, str], ...]
    speaks: NDArray[np.bool_]  # False: in a silent group


def _weigh(
    asked: Asked, bounds: tuple[float, float], level: float, fewest: int, *, is_share: bool
) -> Weighted:
    groups = _grouped(asked, fewest)
    silent_share = 1 - float(groups.speaks.mean()) if len(asked) else 1.0
    values = asked.answers[asked.answered]
    raw = _figure(values, np.ones(len(values)), [], bounds, level, is_share=is_share)
    used = groups.speaks & asked.answered
    weights = _raked([one[groups.speaks] for one in groups.codes], asked.answered[groups.speaks])
    known = _figure(
        asked.answers[used], weights, [one[used] for one in groups.codes], bounds, level,
        is_share=is_share,
    )  # fmt: skip
    size = float(weights.sum()) ** 2 / float((weights**2).sum()) if len(weights) else 0.0
    weighted = _opened(known, silent_share, bounds)
    return Weighted(raw, weighted, groups.silent, silent_share, groups.joined, size)


def _opened(known: Measured, silent: float, bounds: tuple[float, float]) -> Measured:
    """What is left open where nobody speaks for a part: anything within the bounds."""
    if silent <= 0 or known.value is None:
        return known
    low = (1 - silent) * known.low + silent * bounds[0]
    high = (1 - silent) * known.high + silent * bounds[1]
    return Measured(None, low, high, known.kind, known.n)


def _grouped(asked: Asked, fewest: int) -> _Groups:
    codes, silent, joined = [], [], []
    speaks = np.ones(len(asked), dtype=bool)
    for fact, given in asked.facts.items():
        names = np.asarray(given, dtype=object)
        for name in sorted(set(given)):
            own = names == name
            answers = int(asked.answered[own].sum())
            if answers == 0 and own.sum() >= fewest:
                silent.append((fact, name))
                speaks[own] = False
            elif answers < fewest:
                joined.append((fact, name))
                names[own] = REST
        codes.append(_codes(names, asked.answered, fewest))
    return _Groups(codes, tuple(silent), tuple(joined), speaks)


def _codes(names: NDArray[np.object_], answered: NDArray[np.bool_], fewest: int) -> Codes:
    """Numbers for the groups; a rest that is too small still goes with the largest group."""
    if 0 < answered[names == REST].sum() < fewest or not answered[names == REST].any():
        others = [name for name in names[answered].tolist() if name != REST]
        if others:
            names[names == REST] = max(set(others), key=others.count)
    _, code = np.unique(names.astype(str), return_inverse=True)
    return code.astype(np.intp)


def _raked(codes: Sequence[Codes], answered: NDArray[np.bool_]) -> Floats:
    """How many of those asked each answer stands for."""
    weights = np.ones(int(answered.sum()))
    if len(weights) == 0:
        return weights
    weights *= len(answered) / len(weights)
    targets = [np.bincount(one).astype(float) for one in codes]
    inside = [one[answered] for one in codes]
    for _ in range(ROUNDS):
        before = weights.copy()
        for code, target in zip(inside, targets, strict=True):
            held = np.bincount(code, weights, minlength=len(target))
            factor = np.divide(target, held, out=np.ones_like(target), where=held > 0)
            weights = weights * factor[code]
        if np.allclose(weights, before, rtol=1e-6):
            break
    return weights


def _dummies(codes: Sequence[Codes], rows: int) -> Floats:
    """One column for everybody and one for each group but the first of its fact."""
    columns = [np.ones(rows)]
    for code in codes:
        columns += [(code == one).astype(float) for one in np.unique(code)[1:]]
    return np.column_stack(columns)


def _figure(
    values: Floats, weights: Floats, codes: Sequence[Codes], bounds: tuple[float, float],
    level: float, *, is_share: bool,
) -> Measured:  # fmt: skip
    """The weighted mean; its variance from what the groups do not explain (linearised)."""
    kind, n = (Kind.WILSON if is_share else Kind.STUDENT), len(values)
    if n == 0:
        return Measured(None, *bounds, kind, 0)
    whole = float(weights.sum())
    mean = float(weights @ values) / whole
    table = _dummies(codes, n)
    root = np.sqrt(weights)
    slopes, *_ = np.linalg.lstsq(table * root[:, None], values * root, rcond=None)
    freedom = n - int(np.linalg.matrix_rank(table))
    if freedom < 1:
        return Measured(mean, *bounds, kind, n)
    left, explained = values - table @ slopes, table @ slopes
    variance = float((weights * left) @ (weights * left)) / whole**2 * n / freedom
    variance += float(weights @ (explained - mean) ** 2) / whole / max(whole, n)
    if is_share:
        return _of_share(mean, variance, weights, level)
    reach = float(stdtrit(freedom, 0.5 + level / 2)) * sqrt(variance)
    return Measured(mean, max(bounds[0], mean - reach), min(bounds[1], mean + reach), kind, n)


def _of_share(share: float, variance: float, weights: Floats, level: float) -> Measured:
    kish = float(weights.sum()) ** 2 / float((weights**2).sum())
    plain = share * (1 - share)
    size = plain / variance if variance > 1e-12 and plain > 1e-12 else kish
    low, high = interval_of_share(min(1.0, max(0.0, share)), size, level)
    return Measured(share, min(low, share), max(high, share), Kind.WILSON, len(weights))


@dataclass(frozen=True, slots=True)
class Representativeness:
    """The R-indicator, 0–1: 1 − 2 S of the chances to answer, given the facts.

    ``by_fact`` says how much each fact alone spreads the chances (partial indicator, 0–0.5): the
    larger, the more the answers lean on it.
    """

    measured: Measured
    by_fact: Mapping[str, float]


def representativeness(
    asked: Asked, level: float = 0.95, *, seed: int = 0, draws: int = 200
) -> Representativeness:
    """How alike those who answered and those who were asked are, as far as the facts tell.

    Chances are fitted with the main effects of the facts; what chance alone adds to their spread
    is taken out (Shlomo, Skinner and Schouten 2012). The interval is a bootstrap's over people,
    the same for the same ``seed``. Unknown where nobody or everybody is there to compare.
    """
    n = len(asked)
    if n < 2 or not asked.facts:
        return Representativeness(Measured(None, 0.0, 1.0, Kind.BOOTSTRAP, n), {})
    codes = [_numbers(groups) for groups in asked.facts.values()]
    table = _dummies(codes, n)
    answered = asked.answered.astype(float)
    value = _indicator(table, answered, np.ones(n))
    patterns, members = np.unique(np.column_stack([table, answered]), axis=0, return_counts=True)
    chance = np.random.default_rng(seed)
    again = chance.multinomial(n, members / n, size=draws).astype(float)
    found = [_indicator(patterns[:, :-1], patterns[:, -1], counts) for counts in again]
    reach = float(ndtri(0.5 + level / 2)) * float(np.std(found, ddof=1))
    low, high = max(0.0, value - reach), min(1.0, value + reach)
    measured = Measured(value, low, high, Kind.BOOTSTRAP, n)
    named = zip(asked.facts, codes, strict=True)
    return Representativeness(measured, {name: _spread_of(one, answered) for name, one in named})


def _numbers(groups: Sequence[str]) -> Codes:
    _, code = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    return code.astype(np.intp)


def _indicator(table: Floats, answered: Floats, counts: Floats) -> float:
    root, n = np.sqrt(counts), float(counts.sum())
    slopes, *_ = np.linalg.lstsq(table * root[:, None], answered * root, rcond=None)
    chance = table @ slopes
    mean = float(counts @ chance) / n
    spread = float(counts @ (chance - mean) ** 2) / (n - 1)
    left = float(counts @ (answered - chance) ** 2) / n
    return 1 - 2 * sqrt(max(0.0, spread - (table.shape[1] - 1) * left / n))


def _spread_of(code: Codes, answered: Floats) -> float:
    """How far the groups of one fact lie apart in answering, less what chance explains."""
    members = np.bincount(code).astype(float)
    rates = np.bincount(code, answered) / members
    mean, n = float(answered.mean()), float(members.sum())
    spread = float(members @ (rates - mean) ** 2) / n
    left = float(members @ (rates * (1 - rates))) / n
    return sqrt(max(0.0, spread - (len(members) - 1) * left / n))
