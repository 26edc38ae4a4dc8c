"""All figures of a day, judged together: every indicator in every unit (质量波动与潜在风险)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from lingzhi.kpis.models import Definition, Target
from lingzhi.kpis.queries.courses import HISTORY, Days, kind_for
from lingzhi.kpis.queries.definitions import headlines
from lingzhi.kpis.queries.figures import NOTHING, Figure, Sums, sums_by
from lingzhi.kpis.queries.periods import Period, last_days
from lingzhi.kpis.queries.scopes import Scope, counted_in
from lingzhi.kpis.queries.targets import targets_on
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units
from lingzhi_engine.stats import Called, ChartKind, Course, Judge, Rules, Tree, rules_for

BUDGET = 4.0  # false alarms a month that the whole centre puts up with: one a week
ByDay = Mapping[date, Sums]


@dataclass(frozen=True, slots=True)
class Watched:
    """One indicator in all units: its judged tree, and the figure of the day by unit."""

    definition: Definition
    tree: Tree
    last: Mapping[int, Figure]

    def called(self) -> list[Called]:
        """The smallest units that explain what is called out."""
        return [one for top in self.tops for one in self.tree.called(top)]

    @property
    def tops(self) -> list[int]:
        """The units that stand under no other that has figures."""
        below = {kid for unit in self.last for kid in self.tree.children.get(unit, ())}
        return sorted(set(self.last) - below)


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that was looked at for a day."""

    day: date
    rules: Rules
    courses: int
    watched: list[Watched]
    units: Mapping[int, Unit]
    targets: Mapping[int, Mapping[int, Target]]

    @property
    def judged(self) -> int:
        """How many courses there was something to say about."""
        return sum(one.tree.judged for one in self.watched)


def look_at(day: date) -> Look:
    """Judge the figures of a day by those before it. A query for each unit, and a few."""
    units = {one.pk: one for one in open_units().select_related("owner", "quality_representative")}
    period = last_days(HISTORY, day)
    chosen = [one for one in headlines(day).values() if one.direction]
    by_unit = _sums(chosen, units, period)
    courses = sum(len(found) for found in by_unit.values())
    rules = rules_for(courses, BUDGET)
    classes = Days.of(None).classes(period.starts("day"))
    children: dict[int, list[int]] = {}
    for unit in units.values():
        children.setdefault(unit.parent_id or 0, []).append(unit.pk)
    watched = [
        _watched(one, by_unit.get(one.pk, {}), period, rules, classes, children) for one in chosen
    ]
    targets = {unit.pk: targets_on(chosen, unit, day) for unit in units.values()}
    return Look(day, rules, courses, watched, units, targets)


def _sums(
    chosen: Sequence[Definition], units: Mapping[int, Unit], period: Period
) -> dict[int, dict[int, dict[date, Sums]]]:
    """By definition and unit, with all below it, the sums of each day; of no team: the company."""
    found: dict[int, dict[int, dict[date, Sums]]] = {}
    for (key, at, day), sums in sums_by(chosen, Scope(), period, "unit_id", "day").items():
        for place in counted_in(at, units):
            days = found.setdefault(key, {}).setdefault(place, {})
            old = days.get(day, NOTHING)
            days[day] = (old[0] + sums[0], old[1] + sums[1], old[2] + sums[2])
    return found


def _watched(
    definition: Definition, by_unit: Mapping[int, ByDay], period: Period, rules: Rules,
    classes: Sequence[int], children: Mapping[int, Sequence[int]],
) -> Watched:  # fmt: skip
    at = {day: index for index, day in enumerate(period.starts("day"))}
    last = {
        unit: Figure.of(definition, found.get(period.last, NOTHING))
        for unit, found in by_unit.items()
    }
    courses = {unit: _course(found, at, definition.shape) for unit, found in by_unit.items()}
    worse = 1 if definition.direction == "low" else -1
    judge = Judge(_kind(courses, definition.shape), worse, rules, classes)
    return Watched(definition, Tree(judge, courses, children), last)


def _course(found: ByDay, at: Mapping[date, int], shape: str) -> Course:
    """The same as `course_of`, without a figure for each of a hundred days of each unit."""
    above, below = np.zeros(len(at)), np.zeros(len(at))
    for day, (numerator, denominator, _unsure) in found.items():
        exposure = float(numerator != 0) if shape == "count" else max(0.0, denominator)
        if exposure:
            above[at[day]], below[at[day]] = numerator, exposure
    return Course(above, below)


def _kind(courses: Mapping[int, Course], shape: str) -> ChartKind:
    every = [each for one in courses.values() for each in (one.numerators, one.denominators)]
    is_whole = all(bool(np.all(np.mod(each, 1) == 0)) for each in every)
    return kind_for(shape, is_whole=is_whole)
