# ruff: noqa: E402  # the path must be set before anything is imported
"""How often intervals about people and rules hold the truth, in a centre of known truth.

A hundred agents with known defect rates, six inspectors with known bias, twelve rules with known
precision and recall: a month is sampled, scored, calibrated and appealed against, once for each of
twenty seeds. Two-sided 95 % intervals of the kinds that each figure names. The last line is JSON:
`coverage_95` with its standard error, how many intervals, the correlation of the leniency found
with the true one, and in what share of the months the bad rule was suspended and the good one
promoted.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

import json

import numpy as np

from lingzhi_engine.stats import Trust
from lingzhi_engine.stats.simulation import BAD, GOOD, Centre, Findings, coverage, findings

SEEDS = 20


def share(months: list[Findings], rule: str, ends: Trust) -> float:
    """In what share of the months the rule ended so."""
    return float(np.mean([month.trust[rule] is ends for month in months]))


def main() -> None:
    """Prints the coverage of every kind of figure, then the line of JSON."""
    months = [findings(Centre.simulated(seed), seed) for seed in range(SEEDS)]
    found = coverage(one for month in months for one in month.checked)
    for what, one in sorted(found.items()):
        print(f"{what:20} {one.share:.3f}  (standard error {one.error:.3f}, n = {one.n})")
    lenient = [one for month in months for one in month.checked if one.what == "leniency"]
    pairs = np.array([(one.truth, one.measured.value) for one in lenient], dtype=float)
    every = found["all"]
    answer = {
        "coverage_95": round(every.share, 4),
        "standard_error": round(every.error, 4),
        "intervals": every.n,
        "leniency_correlation": round(float(np.corrcoef(pairs.T)[0, 1]), 3),
        "bad_rule_suspended": share(months, BAD, Trust.SUSPENDED),
        "good_rule_promoted": share(months, GOOD, Trust.AUTOMATIC),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
