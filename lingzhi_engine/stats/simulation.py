"""A centre whose truth is known, to see whether the statistics find it.

Agents with known defect rates and means, inspectors with known bias, rules with known precision
and recall. `findings` draws samples from it, has them scored and appealed, and sets every interval
beside the truth it should cover.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lingzhi_engine.stats.corrected import Judged, RuleVerdict, corrected_rate, precision, recall
from lingzhi_engine.stats.estimates import Reviews, weighted_rate
from lingzhi_engine.stats.leniency import Scores, estimate_leniency
from lingzhi_engine.stats.measured import Measured
from lingzhi_engine.stats.rates import Rate
from lingzhi_engine.stats.sampling import risk_weighted_sample, spread_sample, stratified_sample
from lingzhi_engine.stats.trust import Trust, TrustEvidence, decide_trust

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Flags = NDArray[np.bool_]

INSPECTORS = 6
TEAMS = 5
WEEKS = 4
GOOD, BAD = "good", "bad"


class Rule(NamedTuple):
    """A rule looks for a fault of ``share`` of the conversations, and errs as it says."""

    name: str
    share: float
    precision: float
    recall: float
    start: Trust


class Checked(NamedTuple):
    """A figure that was measured beside the truth; ``what`` names its kind: "agent", "recall" …"""

    what: str
    truth: float
    measured: Measured

    @property
    def is_covered(self) -> bool:
        """Does the interval hold the truth, rounding aside?"""
        return self.measured.low - 1e-9 <= self.truth <= self.measured.high + 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Centre:
    """A month of conversations, row by row, and what is true of them.

    ``faults`` and ``hits`` are rules × conversations.
    """

    ids: list[str]
    agent: Codes
    week: Codes
    is_bad: Flags
    quality: Floats
    agent_means: Floats
    bias: Floats
    rules: tuple[Rule, ...]
    faults: Flags
    hits: Flags

    @classmethod
    def simulated(cls, seed: int, *, agents: int = 100, contacts: int = 120) -> Centre:
        """``contacts`` conversations of each of ``agents``, judged by twelve rules."""
        rng = np.random.default_rng(seed)
        size = agents * contacts
        agent = np.repeat(np.arange(agents), contacts)
        rates, means = rng.beta(2, 18, agents), rng.normal(85, 4, agents)
        bias = rng.normal(0, 3, INSPECTORS)
        rules = _rules(rng)
        faults = np.array([rng.random(size) < rule.share for rule in rules])
        pairs = zip(rules, faults, strict=True)
        hits = np.array([_hits(rng, rule, found) for rule, found in pairs])
        return cls(
            [f"{seed}-{number}" for number in range(size)],
            agent,
            rng.integers(0, WEEKS, size),
            rng.random(size) < rates[agent],
            means[agent] + rng.normal(0, 5, size),
            means,
            bias - bias.mean(),
            rules,
            faults,
            hits,
        )


class Findings(NamedTuple):
    """All intervals with their truths, and where each rule ended."""

    checked: list[Checked]
    trust: dict[str, Trust]


class Coverage(NamedTuple):
    """How many of ``n`` intervals held the truth, as a share with its standard error."""

    share: float
    error: float
    n: int


def coverage(checked: Iterable[Checked]) -> dict[str, Coverage]:
    """The coverage of all intervals, under "all", and of each kind of figure."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for one in checked:
        kinds[one.what].append(one.is_covered)
        kinds["all"].append(one.is_covered)
    return {what: _coverage(held) for what, held in kinds.items()}


def findings(centre: Centre, seed: int) -> Findings:
    """Sample, score, calibrate, appeal: what a month of inspection says of the centre."""
    rng = np.random.default_rng(seed)
    checked = [*_defects(centre, seed), *_by_risk(centre, seed), *_leniency(centre, seed, rng)]
    trust = {}
    for number, rule in enumerate(centre.rules):
        judged = _judged(centre, number, seed, (60, 120))
        fault, hit = centre.faults[number], centre.hits[number]
        checked += [
            Checked("corrected rate", float(fault.mean()), corrected_rate(judged)),
            Checked("precision", float(fault[hit].mean()), precision(judged)),
            Checked("recall", float(hit[fault].mean()), recall(judged)),
        ]
        trust[rule.name] = _career(centre, number, seed, rng)
    return Findings(checked, trust)


def _coverage(held: list[bool]) -> Coverage:
    share = sum(held) / len(held)
    return Coverage(share, (share * (1 - share) / len(held)) ** 0.5, len(held))


def _rules(rng: np.random.Generator) -> tuple[Rule, ...]:
    usual = [
        Rule(
            f"rule {number}",
            rng.uniform(0.03, 0.15),
            rng.uniform(0.6, 0.95),
            rng.uniform(0.5, 0.95),
            Trust.SHADOW,
        )
        for number in range(10)
    ]
    return (
        *usual,
        Rule(GOOD, 0.08, 0.98, 0.92, Trust.SHADOW),
        Rule(BAD, 0.04, 0.2, 0.6, Trust.AUTOMATIC),
    )


def _hits(rng: np.random.Generator, rule: Rule, fault: Flags) -> Flags:
    """True hits by the recall; so many false ones that the precision comes out."""
    false = rule.share * rule.recall * (1 - rule.precision) / rule.precision / (1 - rule.share)
    chance = np.where(fault, rule.recall, false)
    return rng.random(len(fault)) < chance


def _defects(centre: Centre, seed: int) -> list[Checked]:
    """Twelve reviews of every agent, over the weeks: rates of agents, teams and the centre."""
    names = [str(one) for one in centre.agent]
    sample = spread_sample(centre.ids, names, centre.week, 12, seed=seed)
    agent = centre.agent[sample.rows]
    bad = centre.is_bad[sample.rows].astype(float)

    def checked(what: str, drawn: Flags, meant: Flags) -> Checked:
        strata = [str(one) for one in agent[drawn]]
        reviews = Reviews.of(bad[drawn], sample.probability[drawn], strata)
        return Checked(what, float(centre.is_bad[meant].mean()), weighted_rate(reviews))

    agents = range(len(centre.agent_means))
    found = [checked("agent", agent == one, centre.agent == one) for one in agents]
    for team in range(TEAMS):
        found.append(checked("team", agent % TEAMS == team, centre.agent % TEAMS == team))
    everyone = np.ones(len(agent), dtype=bool), np.ones(len(centre.agent), dtype=bool)
    return [*found, checked("centre", *everyone)]


def _by_risk(centre: Centre, seed: int) -> list[Checked]:
    """Four hundred reviews where rules hit: the rate of the centre from unequal chances."""
    sample = risk_weighted_sample(centre.ids, 1 + centre.hits.sum(axis=0), 400, seed=seed)
    reviews = Reviews.of(centre.is_bad[sample.rows], sample.probability)
    return [Checked("centre by risk", float(centre.is_bad.mean()), weighted_rate(reviews))]


def _leniency(centre: Centre, seed: int, rng: np.random.Generator) -> list[Checked]:
    """The reviewed conversations scored by three inspectors per agent, every sixth one twice."""
    names = [str(one) for one in centre.agent]
    sample = spread_sample(centre.ids, names, centre.week, 12, seed=seed)
    known = [rng.choice(INSPECTORS, 3, replace=False) for _ in centre.agent_means]
    rows, inspectors = [], []
    for row in sample.rows:
        chosen = rng.choice(known[centre.agent[row]], 1 + (rng.random() < 1 / 6), replace=False)
        rows += [row] * len(chosen)
        inspectors += chosen.tolist()
    points = centre.quality[rows] + centre.bias[inspectors] + rng.normal(0, 3, len(rows))
    agents, talks = [names[row] for row in rows], [centre.ids[row] for row in rows]
    found = estimate_leniency(Scores.of(points, agents, [str(one) for one in inspectors], talks))
    return [
        *(
            Checked("leniency", float(centre.bias[int(name)]), one)
            for name, one in found.inspectors.items()
        ),
        *(
            Checked("adjusted score", float(centre.agent_means[int(name)]), one.adjusted)
            for name, one in found.agents.items()
        ),
    ]


def _judged(centre: Centre, number: int, seed: int, reviews: tuple[int, int]) -> Judged:
    """So many reviewed hits and non-hits of a rule."""
    verdicts = np.where(centre.hits[number], RuleVerdict.HIT.value, RuleVerdict.MISS.value)
    sizes = {one: int((verdicts == one.value).sum()) for one in (RuleVerdict.HIT, RuleVerdict.MISS)}
    plan = dict(zip((RuleVerdict.HIT.value, RuleVerdict.MISS.value), reviews, strict=True))
    sample = stratified_sample(centre.ids, verdicts.tolist(), plan, seed=100 * seed + number)
    rows = sample.rows
    return Judged.of(sizes, verdicts[rows], centre.faults[number][rows], sample.probability)


def _career(centre: Centre, number: int, seed: int, rng: np.random.Generator) -> Trust:
    """Six rounds of reviews and appeals, each with all that was seen so far.

    Of thirty hits that an agent could appeal against, half of the wrong ones are appealed and every
    twentieth of the right ones; panels decide nine of ten as they should. Shadow hits are nobody's.
    """
    trust, overturned = centre.rules[number].start, Rate(0, 0)
    hit, fault = centre.hits[number], centre.faults[number]
    for month in range(1, 7):
        if trust is not Trust.SHADOW:
            rows = rng.choice(np.flatnonzero(hit), 30, replace=False)
            appealed = rows[rng.random(len(rows)) < np.where(fault[rows], 0.05, 0.5)]
            won = rng.random(len(appealed)) < np.where(fault[appealed], 0.1, 0.9)
            overturned += Rate(int(won.sum()), len(rows))
        judged = _judged(centre, number, seed, (40 * month, 60 * month))
        trust = decide_trust(trust, TrustEvidence.of(judged, overturned)).trust
    return trust
