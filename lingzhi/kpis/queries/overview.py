"""Many indicators at once: the lines of a dashboard, the groups of one indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Max, Min

from lingzhi.accounts.models import User
from lingzhi.kpis.dictionary import Entry
from lingzhi.kpis.models import DaySum, Definition, PublishedFigure, StaleDay, Target
from lingzhi.kpis.queries.courses import Days, earlier
from lingzhi.kpis.queries.definitions import headlines
from lingzhi.kpis.queries.figures import Figure, Sums, sums_by
from lingzhi.kpis.queries.periods import Period
from lingzhi.kpis.queries.publishing import figure_of, sealed_figures
from lingzhi.kpis.queries.scopes import Scope
from lingzhi.kpis.queries.series import Series, series_of
from lingzhi.kpis.queries.targets import targets_on
from lingzhi.org.models import Unit

GROUPINGS = {"unit": "unit_id", "agent": "agent_id", "channel": "channel"}


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a dashboard."""

    definition: Definition
    figure: Figure
    previous: Figure
    target: Target | None
    series: Series
    sealed: PublishedFigure | None = None

    @property
    def entry(self) -> Entry:
        return self.definition.entry

    @property
    def state(self) -> str:
        return self.figure.state(self.target)

    @property
    def change(self) -> float | None:
        """How much it changed against the period before, in its unit (a count in per cent)."""
        now, before = self.figure.value, self.previous.value
        if now is None or before is None:
            return None
        if self.figure.shape == "count":
            return (now / before - 1) * 100
        return now - before

    @property
    def is_change_sure(self) -> bool:
        """Whether chance would hardly explain the change; only shares can tell."""
        return self.figure.differs_from(self.previous)


def overview(
    scope: Scope,
    period: Period,
    *,
    codes: Sequence[str] | None = None,
    step: str = "day",
    target_on: date | None = None,
) -> list[Line]:
    """The indicators with a definition, with the period before, target and course.

    The target is that of the last day, or of `target_on`.
    A fixed number of queries, however many there are.
    """
    chosen = headlines(period.last, codes=list(codes) if codes is not None else None)
    before = period.previous()
    first = min(before.first, earlier(period.first, step))
    days = sums_by(list(chosen.values()), scope, Period(first, period.last), "day")
    by_definition: dict[int, dict[date, Sums]] = {}
    for (key, day), sums in days.items():
        by_definition.setdefault(key, {})[day] = sums
    alike = Days.of(scope.unit)
    targets = targets_on(chosen.values(), scope.unit, target_on or period.last, scope.channel)
    lines = [
        Line(
            one,
            _figure(one, by_definition.get(one.pk, {}), period),
            _figure(one, by_definition.get(one.pk, {}), before),
            targets.get(one.pk),
            series_of(one, by_definition.get(one.pk, {}), period, step, alike),
        )
        for one in chosen.values()
    ]
    return as_published(lines, scope, period)


def as_published(lines: Sequence[Line], scope: Scope, period: Period) -> list[Line]:
    """The lines with what was published about exactly this month and the one before it."""
    definitions = [one.definition for one in lines]
    now = sealed_figures(definitions, scope, period)
    before = sealed_figures(definitions, scope, period.previous())
    return [_as_published(one, now, before) for one in lines]


def _as_published(
    line: Line, now: Mapping[int, PublishedFigure], before: Mapping[int, PublishedFigure]
) -> Line:
    definition = line.definition
    sealed, earlier = now.get(definition.pk), before.get(definition.pk)
    figure = figure_of(sealed, definition) if sealed else line.figure
    previous = figure_of(earlier, definition) if earlier else line.previous
    return replace(line, figure=figure, previous=previous, sealed=sealed)


def _figure(definition: Definition, days: dict[date, Sums], period: Period) -> Figure:
    found = [sums for day, sums in days.items() if period.first <= day <= period.last]
    above, below, unsure = (
        (sum(column) for column in zip(*found, strict=True)) if found else (0, 0, 0)
    )
    return Figure.of(definition, (float(above), float(below), int(unsure)))


def by(
    definition: Definition, scope: Scope, period: Period, group: str
) -> list[tuple[Any, Figure]]:
    """The figures by team, agent or channel: (Unit | User | code, figure); None is of none."""
    sums = sums_by([definition], scope, period, GROUPINGS[group])
    found = {key: Figure.of(definition, one) for (_definition, key), one in sums.items()}
    if group == "channel":
        return sorted(found.items())
    keys = [key for key in found if key is not None]
    known: dict[Any, Any] = (
        Unit.objects.in_bulk(keys) if group == "unit" else User.objects.in_bulk(keys)
    )
    pairs = [(known.get(key), one) for key, one in found.items()]
    return sorted(pairs, key=lambda pair: (pair[0] is None, getattr(pair[0], "name", "")))


def counted_days() -> Period | None:
    """The days that have facts; None before anything was counted."""
    found = DaySum.objects.aggregate(first=Min("day"), last=Max("day"))
    return Period(found["first"], found["last"]) if found["first"] else None


def newest_day(scope: Scope) -> date | None:
    """The last day with facts within a scope."""
    newest: date | None = scope.facts().aggregate(last=Max("day"))["last"]
    return newest


def is_counting() -> bool:
    """Whether days wait to be counted anew."""
    return StaleDay.objects.exists()
