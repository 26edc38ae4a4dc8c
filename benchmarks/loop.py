# ruff: noqa: E402  # the path must be set before anything is imported
"""How often alerts call out though nothing happened, and whether they find what did.

A simulated centre of eleven units (a centre, two departments, eight teams) and five indicators:
shares and a rate that vary more than chance, means, days of the week that differ, people who
differ and come and go by roster. Half a year of quiet days is judged day by day, as the product
judges them; then the same with a bad week of one team, a product trouble of the whole centre and
the effect of a measure planted into it. No database. The last line is JSON: `planted`,
`planted_found`, `false_alarm_ratio` (measured over stated).
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lingzhi_engine.stats.alarms import JOINED, Call, Course, Judge, Tree, began_at
from lingzhi_engine.stats.charts import BASELINE, JUDGED, ChartKind
from lingzhi_engine.stats.false_alarms import MONTH, Rules, rules_for

QUIET_SEEDS, PLANTED_SEEDS = range(8), range(100, 110)
BEFORE, DAYS = BASELINE + JUDGED, 182
TEAMS, AGENTS = 8, 9
CHILDREN = {0: (1, 2), 1: (3, 4, 5, 6), 2: (7, 8, 9, 10)}
BUDGET = 4.0  # false alarms a month that the centre puts up with
Change = Callable[[int, np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Indicator:
    """What is simulated: `level` is a share, cases an hour, or seconds."""

    name: str
    kind: ChartKind
    worse: int
    level: float
    between: float  # how much whole days differ, as a part of the level's own spread
    weekday: float  # how much the days of the week differ


INDICATORS = (
    Indicator("connected", ChartKind.SHARE, -1, 0.93, 0.35, 0.25),
    Indicator("solved at once", ChartKind.SHARE, -1, 0.78, 0.20, 0.15),
    Indicator("violations", ChartKind.SHARE, +1, 0.06, 0.25, 0.10),
    Indicator("complaints", ChartKind.RATE, +1, 0.10, 0.15, 0.10),
    Indicator("handling time", ChartKind.MEAN, +1, 240.0, 0.05, 0.05),
)


def simulated(
    one: Indicator, rng: np.random.Generator, change: Change | None = None
) -> dict[int, Course]:
    """The days of every unit; `change` moves the log-odds or logarithm of (team, days, levels)."""
    days = np.arange(BEFORE + DAYS)
    rhythm = rng.normal(0, one.weekday, 7)[days % 7]
    teams: dict[int, Course] = {}
    for team in range(3, 3 + TEAMS):
        people = rng.normal(0, 0.3 if one.kind is not ChartKind.MEAN else 0.12, AGENTS)
        above, below = np.zeros(len(days)), np.zeros(len(days))
        moved = rhythm + rng.normal(0, one.between, len(days))  # a day that the whole team shares
        if change is not None:
            moved = change(team, days, moved)
        for person in people:
            there = rng.random(len(days)) < np.where(days % 7 < 5, 0.8, 0.5)
            cases = rng.poisson(14, len(days)) * there
            above += _counted(one, rng, moved + person, cases)
            below += cases
        teams[team] = Course(above, below)
    return teams | {unit: _sum([teams[kid] for kid in _teams_below(unit)]) for unit in (0, 1, 2)}


def _counted(
    one: Indicator, rng: np.random.Generator, moved: np.ndarray, cases: np.ndarray
) -> np.ndarray:
    if one.kind is ChartKind.SHARE:
        odds = one.level / (1 - one.level) * np.exp(moved)
        return rng.binomial(cases, odds / (1 + odds)).astype(float)
    if one.kind is ChartKind.RATE:
        return rng.poisson(cases * one.level * np.exp(moved)).astype(float)
    mean = one.level * np.exp(moved)
    return rng.gamma(np.maximum(cases, 1e-9) * 2.0, mean / 2.0) * (cases > 0)


def _teams_below(unit: int) -> list[int]:
    if unit not in CHILDREN:
        return [unit]
    return [team for kid in CHILDREN[unit] for team in _teams_below(kid)]


def _sum(several: list[Course]) -> Course:
    return Course(
        np.sum([one.numerators for one in several], axis=0),
        np.sum([one.denominators for one in several], axis=0),
    )


@dataclass
class Alert:
    """A call that lasts, as the product keeps one."""

    unit: int
    began: int
    found: int
    last: int
    calls: set[Call]


def watched(
    one: Indicator, courses: dict[int, Course], rules: Rules, worse: int
) -> tuple[list[Alert], int]:
    """Every day judged with what was known then; calls within a week are one alert."""
    alerts: list[Alert] = []
    judged = 0
    for day in range(BEFORE, BEFORE + DAYS):
        past = slice(day + 1 - BEFORE, day + 1)
        known = {
            unit: Course(one.numerators[past], one.denominators[past])
            for unit, one in courses.items()
        }
        judge = Judge(one.kind, worse, rules, [at % 7 for at in range(day + 1 - BEFORE, day + 1)])
        tree = Tree(judge, known, CHILDREN)
        for called in tree.called(0):
            _join(alerts, called, day, worse, rules)
        judged += tree.judged
    return alerts, judged


def _join(alerts: list[Alert], called, day: int, worse: int, rules: Rules) -> None:
    for alert in reversed(alerts):
        if alert.unit == called.unit and day - alert.last <= JOINED:
            alert.last, alert.calls = day, alert.calls | set(called.calls)
            return
    began = day + 1 - BEFORE + began_at(called.chart, worse, called.calls, rules)
    alerts.append(Alert(called.unit, began, day, day, set(called.calls)))


def quiet(rules: Rules) -> tuple[int, float]:
    """(false alarms, course-days judged) in the centre where nothing happens."""
    false, days = 0, 0
    for seed in QUIET_SEEDS:
        rng = np.random.default_rng(seed)
        for one in INDICATORS:
            alerts, judged = watched(one, simulated(one, rng), rules, one.worse)
            false, days = false + len(alerts), days + judged
            kinds = [sorted(alert.calls) for alert in alerts]
            if "-v" in sys.argv:
                print(seed, one.name, len(alerts), kinds)
    return false, days


START = BEFORE + 60


def _from(first: int, last: int, size: float, teams: list[int]) -> Change:
    def change(team: int, days: np.ndarray, moved: np.ndarray) -> np.ndarray:
        return moved + size * ((days >= first) & (days <= last) & (team in teams))

    return change


# What happens, to which indicator, how strongly (log-odds or logarithm), where it must be found.
PLANTED = (
    ("bad week of a team", 0, _from(START, START + 6, -1.4, [5]), -1, 5),
    ("product trouble", 3, _from(START, START + 13, 0.9, list(range(3, 11))), +1, 0),
    ("effect of a measure", 2, _from(START, 10_000, -0.8, [7, 8, 9, 10]), -1, 2),
)


def planted(rules: Rules) -> tuple[int, int]:
    """(planted, found at the right unit, begun within four days of the truth)."""
    number, found = 0, 0
    for name, at, change, worse, unit in PLANTED:
        hits, late = 0, []
        for seed in PLANTED_SEEDS:
            rng = np.random.default_rng(seed)
            courses = simulated(INDICATORS[at], rng, change)
            alerts, _judged = watched(INDICATORS[at], courses, rules, worse)
            right = [
                one for one in alerts
                if one.unit == unit and abs(one.began - START) <= 4 and one.found <= START + 14
            ]  # fmt: skip
            hits += bool(right)
            late += [one.found - START for one in right[:1]]
        print(f"{name}: {hits} of {len(PLANTED_SEEDS)}, seen after {np.mean(late):.1f} days")
        number, found = number + len(PLANTED_SEEDS), found + hits
    return number, found


def main() -> None:
    """Prints what was measured beside what is stated, then the line of JSON."""
    courses = len(INDICATORS) * (TEAMS + 3)
    rules = rules_for(courses, BUDGET)
    print(f"{courses} courses: {rules}")
    false, days = quiet(rules)
    stated = rules.per_day * days
    print(f"quiet: {false} false alarms in {days} days of a course, {stated:.1f} stated")
    print(f"a course and month: {false / days * MONTH:.4f}, {rules.per_month:.4f} stated")
    number, found = planted(rules)
    answer = {
        "planted": number,
        "planted_found": found,
        "false_alarm_ratio": round(false / stated, 3),
        "false_alarms": false,
        "false_alarms_stated": round(stated, 1),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
