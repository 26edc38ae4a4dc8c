"""Which units of a tree are called out, and when calls are one alert (预警合并).

A unit is called out where its course passes the rules. Of a parent and its children the smallest
unit that explains it is named: the child, if the parent without it is quiet; else the parent alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from lingzhi_engine.stats.charts import Chart, ChartKind, Floats, control_chart
from lingzhi_engine.stats.false_alarms import Rules

JOINED = 7  # days without a call that still belong to one alert


class Call(StrEnum):
    """What called a course out."""

    LIMIT = "limit"
    RUN = "run"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Course:
    """The sums of each day of one unit with all below it; equal days for all units of a tree."""

    numerators: Sequence[float] | Floats
    denominators: Sequence[float] | Floats

    def without(self, other: "Course") -> "Course":
        """What is left when a child is taken out."""
        return Course(
            np.clip(np.subtract(self.numerators, other.numerators), 0, None),
            np.clip(np.subtract(self.denominators, other.denominators), 0, None),
        )


@dataclass(frozen=True, slots=True)
class Judge:
    """How every course of one indicator is judged: `worse` is +1 where higher is worse, else −1."""

    kind: ChartKind
    worse: int
    rules: Rules
    classes: Sequence[int] | None = None

    def chart(self, course: Course) -> Chart | None:
        return control_chart(self.kind, course.numerators, course.denominators, self.classes)

    def calls(self, chart: Chart | None) -> list[Call]:
        """What the last day of a chart says."""
        return calls_in(chart, self.worse, self.rules) if chart else []


def calls_in(chart: Chart, worse: int, rules: Rules) -> list[Call]:
    """The rules that the last day of a chart passes on its worse side.

    A changed level must say more than the last day alone.
    """
    found, last = [], np.nan_to_num(chart.scores[-1]) * worse
    if last > rules.limit:
        found.append(Call.LIMIT)
    if not np.isnan(chart.scores[-1]) and chart.run(worse) >= rules.run:
        found.append(Call.RUN)
    if chart.change(worse)[0] > max(rules.change, last):
        found.append(Call.CHANGE)
    return found


def began_at(chart: Chart, worse: int, calls: Sequence[Call], rules: Rules) -> int:
    """The index of the day on which what was called out is estimated to have begun."""
    score, first = chart.change(worse)
    if Call.CHANGE in calls or (Call.RUN in calls and score > 2.0):
        return first
    if Call.RUN in calls:
        return max(0, len(chart.scores) - chart.run(worse))
    return len(chart.scores) - 1


@dataclass(frozen=True, slots=True)
class Called:
    """A unit that is called out, with what explains it."""

    unit: int
    chart: Chart
    calls: list[Call]


@dataclass(slots=True)
class Tree:
    """The courses of one indicator over a tree of units."""

    judge: Judge
    courses: Mapping[int, Course]
    children: Mapping[int, Sequence[int]]
    _seen: dict[int, tuple[Chart | None, list[Call]]] = field(default_factory=dict)

    def called(self, root: int) -> list[Called]:
        """The smallest units from `root` down that explain what is called out."""
        below = [kid for kid in self.children.get(root, ()) if kid in self.courses]
        chart, calls = self._of(root)
        if calls and chart is not None:
            loud = [kid for kid in below if self._of(kid)[1]]
            whole = self.courses[root]
            if not any(self._is_quiet(whole.without(self.courses[kid])) for kid in loud):
                return [Called(root, chart, calls)]
        return [one for kid in below for one in self.called(kid)]

    @property
    def judged(self) -> int:
        """How many courses there was something to say about."""
        charts = [self._of(unit)[0] for unit in self.courses]
        return sum(1 for one in charts if one is not None and np.isfinite(one.changes).any())

    def _of(self, unit: int) -> tuple[Chart | None, list[Call]]:
        if unit not in self._seen:
            chart = self.judge.chart(self.courses[unit]) if unit in self.courses else None
            self._seen[unit] = chart, self.judge.calls(chart)
        return self._seen[unit]

    def _is_quiet(self, course: Course) -> bool:
        return not self.judge.calls(self.judge.chart(course))
