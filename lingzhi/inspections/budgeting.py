"""What inspectors' hours buy, before anybody reviews: precision and fatal errors found (预算).

Every method is one pair of chances for each agent: that of a conversation in which a severe rule
hit, and that of the others. Precision and share follow (`lingzhi_engine.stats.planning`).
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import numpy as np

from lingzhi.inspections.sampling import Mask
from lingzhi_engine.stats import (
    PlannedPrecision,
    PlannedStratum,
    inclusion_probabilities,
    planned_precision,
    proportional_allocation,
    reviews_needed,
    risk_from_hits,
    share_found,
)

RISK_WEIGHT = 9.0  # a hit is ten times as likely to be drawn
NOTHING = 0.5  # a half-width that leaves everything open
WIDEST = 0.5  # where no severe rule hit anywhere nothing is known of the rate
AIMS = (0.10, 0.05, 0.03, 0.02)


class Group(NamedTuple):
    """The conversations of one agent in one team: how many, and in how many a severe rule hit."""

    unit: int | None
    agent: int | None
    size: int
    hits: int


@dataclass(frozen=True, slots=True)
class Budget:
    """Hours to spend, minutes a review takes, and how well the severe rules find fatal errors."""

    hours: float
    minutes: float
    precision: float
    recall: float

    @property
    def reviews(self) -> int:
        """How many reviews the hours are enough for."""
        return int(self.hours * 60 / self.minutes)


@dataclass(frozen=True, slots=True)
class Worth:
    """What one method makes of the budget. A half-width ("±") of None: nothing can be said.

    `team` and `agent` are those in the middle, with about so many reviews each; `found` is the
    share of fatal errors that the reviews are expected to meet.
    """

    method: str
    reviews: int
    per_agent: int
    centre: PlannedPrecision
    team: float | None
    team_reviews: int
    agent: float | None
    agent_reviews: int
    found: float | None


class Need(NamedTuple):
    """To know the rate to ± `half_width` takes so many reviews and hours."""

    half_width: float
    reviews: int
    hours: float


Chances = list[tuple[float, float]]  # of a hit and of another conversation, for each group
Key = Callable[[Group], Hashable]


def worth_of(groups: Sequence[Group], budget: Budget, method: str) -> Worth:
    """What the budget gives under a method: simple, stratified (by team), risk, spread."""
    known = [one for one in groups if one.agent] if method == "spread" else list(groups)
    chances = METHODS[method](known, budget.reviews)
    plan = _Planned(known, chances, method, _missed(groups, budget), budget.precision)
    teams = plan.parts(lambda one: one.unit)
    agents = plan.parts(lambda one: one.agent)
    return Worth(
        method=method,
        reviews=round(sum(map(plan.drawn, range(len(known))))),
        per_agent=_each(known, budget.reviews),
        centre=plan.precision(range(len(known)), whole=True),
        team=_middle(plan.half_width(one) for one in teams),
        team_reviews=_middle_reviews(plan, teams),
        agent=_middle(plan.half_width(one) for one in agents),
        agent_reviews=_middle_reviews(plan, agents),
        found=_found(groups, known, chances, budget),
    )


def needs_of(groups: Sequence[Group], budget: Budget) -> list[Need]:
    """What it takes to know the rate of the whole to ± 10, 5, 3 and 2 points, drawn at random."""
    size = sum(one.size for one in groups)
    hits = sum(one.hits for one in groups)
    missed = _missed(groups, budget)
    rate = (hits * budget.precision + (size - hits) * missed) / size if size else WIDEST
    needed = [(aim, reviews_needed(size, aim, rate=rate)) for aim in AIMS]
    return [Need(aim, n, n * budget.minutes / 60) for aim, n in needed]


def _missed(groups: Sequence[Group], budget: Budget) -> float:
    """How likely a conversation without a hit holds a fatal error after all.

    `WIDEST` where nothing hit: then nobody knows, and no error at all is the least likely.
    """
    if not any(one.hits for one in groups):
        return WIDEST
    risk = risk_from_hits(_hits(groups), precision=budget.precision, recall=budget.recall)
    others = risk[~_hits(groups)]
    return float(others[0]) if len(others) else 0.0


def _hits(groups: Sequence[Group]) -> Mask:
    pairs = [(True, one.hits) for one in groups] + [(False, one.size - one.hits) for one in groups]
    return np.repeat(np.array([hit for hit, _n in pairs], bool), [n for _hit, n in pairs])


def _found(
    groups: Sequence[Group], known: Sequence[Group], chances: Chances, budget: Budget
) -> float | None:
    """Conversations of nobody known cannot be drawn by a method that goes by agent."""
    of = dict(zip(known, chances, strict=True))
    none = (0.0, 0.0)
    values = [of.get(one, none)[0] for one in groups] + [of.get(one, none)[1] for one in groups]
    sizes = [one.hits for one in groups] + [one.size - one.hits for one in groups]
    risk = np.where(_hits(groups), budget.precision, _missed(groups, budget))
    return share_found(np.repeat(values, sizes), risk)


def _simple(groups: Sequence[Group], n: int) -> Chances:
    size = sum(one.size for one in groups)
    chance = min(1.0, n / size) if size else 0.0
    return [(chance, chance)] * len(groups)


def _stratified(groups: Sequence[Group], n: int) -> Chances:
    sizes: dict[str, int] = {}
    for one in groups:
        sizes[str(one.unit)] = sizes.get(str(one.unit), 0) + one.size
    given = proportional_allocation(sizes, n, at_least=1 if len(sizes) <= n else 0)
    return [(given[str(one.unit)] / sizes[str(one.unit)],) * 2 for one in groups]


def _risk(groups: Sequence[Group], n: int) -> Chances:
    hits = _hits(groups)
    if not len(hits):
        return []
    chance = inclusion_probabilities(np.where(hits, 1 + RISK_WEIGHT, 1.0), min(n, len(hits)))
    of_hit = float(chance[hits][0]) if hits.any() else 0.0
    of_other = float(chance[~hits][0]) if not hits.all() else 0.0
    return [(of_hit, of_other)] * len(groups)


def _spread(groups: Sequence[Group], n: int) -> Chances:
    each = _each(groups, n)
    return [(min(1.0, each / one.size),) * 2 for one in groups]


def _each(groups: Sequence[Group], n: int) -> int:
    agents = {one.agent for one in groups if one.agent}
    most = max((one.size for one in groups), default=0)
    return min(most, n // len(agents)) if agents else 0


METHODS: dict[str, Callable[[Sequence[Group], int], Chances]] = {
    "simple": _simple,
    "stratified": _stratified,
    "risk": _risk,
    "spread": _spread,
}


@dataclass(frozen=True, slots=True)
class _Planned:
    """A method's chances over the groups, and how often each kind of conversation is bad."""

    groups: Sequence[Group]
    chances: Chances
    method: str
    missed: float
    right: float

    def parts(self, key: Key) -> list[list[int]]:
        """The places of the groups that belong together, of nobody known left out."""
        found: dict[Hashable, list[int]] = {}
        for at, one in enumerate(self.groups):
            if key(one) is not None:
                found.setdefault(key(one), []).append(at)
        return list(found.values())

    def drawn(self, at: int) -> float:
        """How many conversations of a group are expected to be drawn."""
        one, (of_hit, of_other) = self.groups[at], self.chances[at]
        return one.hits * of_hit + (one.size - one.hits) * of_other

    def precision(self, places: Sequence[int], *, whole: bool = False) -> PlannedPrecision:
        """The ± over some groups: in the strata the method draws from."""
        if self.method == "risk":
            return planned_precision(self._by_hit(places))
        if whole and self.method in ("stratified", "spread"):
            by_unit = self.method == "stratified"
            strata = self.parts(lambda one: str(one.unit) if by_unit else one.agent)
            return planned_precision([self._stratum(one) for one in strata])
        return planned_precision([self._stratum(places)])

    def half_width(self, places: Sequence[int]) -> float | None:
        """The ± of one team or agent; None where nothing of it is drawn."""
        found = self.precision(places)
        return None if found.rate is None else found.half_width

    def _stratum(self, places: Sequence[int]) -> PlannedStratum:
        size = sum(self.groups[at].size for at in places)
        hits = sum(self.groups[at].hits for at in places)
        bad = hits * self.right + (size - hits) * self.missed
        drawn = min(size, round(sum(map(self.drawn, places))))
        return PlannedStratum(size, drawn, bad / size if size else 0.0)

    def _by_hit(self, places: Sequence[int]) -> list[PlannedStratum]:
        hits = [(self.groups[at].hits, self.chances[at][0]) for at in places]
        others = [
            (self.groups[at].size - self.groups[at].hits, self.chances[at][1]) for at in places
        ]
        return [
            PlannedStratum(size, min(size, round(sum(n * chance for n, chance in part))), rate)
            for part, rate in ((hits, self.right), (others, self.missed))
            if (size := sum(n for n, _chance in part))
        ]


def _middle(values: Iterable[float | None]) -> float | None:
    """The one in the middle; None where that one cannot say anything."""
    widths = [NOTHING if one is None else one for one in values]
    middle = median(widths) if widths else NOTHING
    return None if middle >= NOTHING else middle


def _middle_reviews(plan: _Planned, parts: list[list[int]]) -> int:
    return round(median(sum(map(plan.drawn, one)) for one in parts)) if parts else 0
