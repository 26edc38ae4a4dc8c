"""The present value of goals, read from the indicators; nobody types it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.db.models.functions import TruncMonth

from lingzhi.core.clock import today
from lingzhi.governance.models import Goal
from lingzhi.kpis.models import DaySum, PublishedFigure
from lingzhi.kpis.queries import Figure, month_of, reaches
from lingzhi.kpis.queries.figures import NOTHING, SUMS, Sums

SHOWN_MONTHS = 12
DAY = timedelta(days=1)
Cell = tuple[str, str, Sums]  # path of the unit, channel, sums


@dataclass(frozen=True, slots=True)
class Standing:
    """How a goal stands: its figure over `first` to `last`, and month by month before."""

    goal: Goal
    figure: Figure | None
    first: date | None
    last: date | None
    months: list[tuple[date, Figure]]
    is_sealed: bool = False

    @property
    def state(self) -> str:
        """met, missed or unknown, too few cases included; a missed one is `unsure` where chance
        explains it.
        """
        figure = self.figure
        if (
            figure is None
            or figure.exact is None
            or not figure.is_enough
            or self.goal.target is None
        ):
            return "unknown"
        target, better = self.goal.target, figure.direction
        if reaches(figure.exact, target, False, better):
            return "met"
        low, high = figure.low, figure.high
        chance = low is not None and high is not None and low <= target / 100 <= high
        return "unsure" if chance else "missed"

    @property
    def values(self) -> list[float | None]:
        return [figure.value for _month, figure in self.months]


def standings(goals: Sequence[Goal], day: date | None = None) -> list[Standing]:
    """Of each goal as on `day` (today): two questions, however many there are.

    What was published of a month stands as published, as on every other page.
    """
    day = day or today()
    counted = [one for one in goals if one.definition_id]
    first = min((max(one.from_on, _months_back(day)) for one in counted), default=day)
    first = min([first, *(one.from_on for one in counted if one.span == Goal.Span.TERM)])
    facts = _facts(counted, first, day)
    sealed = _sealed(counted, first, day)
    return [_standing(one, facts, sealed, day) for one in goals]


def _standing(
    goal: Goal,
    facts: dict[tuple[int, date], list[Cell]],
    sealed: dict[tuple[int, int, date], Sums],
    day: date,
) -> Standing:
    if goal.definition is None:
        return Standing(goal, None, None, None, [])
    shown, published = [], set()
    for month in _months(goal.from_on, min(day, goal.due_on)):
        key = (goal.definition.pk, goal.unit_id, month)
        if key in sealed and not goal.channel:
            published.add(month)
            sums = sealed[key]
        else:
            sums = _sum(goal, facts.get((goal.definition.pk, month), []))
        shown.append((month, Figure.of(goal.definition, sums)))
    whole = [one for one in shown if month_of(one[0]).last < day or goal.due_on <= day]
    used = whole[-1:] if goal.span == Goal.Span.MONTH else shown
    if not used:
        return Standing(goal, Figure.of(goal.definition, NOTHING), None, None, shown)
    figure = Figure.of(goal.definition, _added([one for _month, one in used]))
    last = min(month_of(used[-1][0]).last, max(day, used[-1][0]))
    is_sealed = all(month in published for month, _figure in used)
    return Standing(goal, figure, used[0][0], last, shown[-SHOWN_MONTHS:], is_sealed)


def _facts(goals: Sequence[Goal], first: date, last: date) -> dict[tuple[int, date], list[Cell]]:
    keys = {one.definition_id for one in goals}
    within = Q(pk__in=[])
    for path in {one.unit.path for one in goals}:
        within |= Q(unit__path__startswith=path)
    if any(one.unit.parent_id is None for one in goals):
        within |= Q(unit=None)
    rows = DaySum.objects.filter(
        within, definition__in=keys, day__gte=first.replace(day=1), day__lte=last
    )
    grouped = rows.order_by().annotate(month=TruncMonth("day"))
    names = ("definition_id", "month", "unit__path", "channel")
    found: dict[tuple[int, date], list[Cell]] = {}
    for key, month, path, channel, *sums in grouped.values_list(*names).annotate(**SUMS):
        found.setdefault((key, month), []).append((path or "", channel, tuple(sums)))
    return found


def _sealed(goals: Sequence[Goal], first: date, last: date) -> dict[tuple[int, int, date], Sums]:
    """The newest version of what was published, by definition, unit and month."""
    rows = PublishedFigure.objects.filter(
        definition__in={one.definition_id for one in goals},
        unit__in={one.unit_id for one in goals},
        publication__month__gte=first.replace(day=1), publication__month__lte=last,
    ).order_by("publication__number")  # fmt: skip
    names = (
        "definition_id", "unit_id", "publication__month", "numerator", "denominator", "unknown"
    )  # fmt: skip
    return {
        (key, unit, month): (above, below, unsure)
        for key, unit, month, above, below, unsure in rows.values_list(*names)
    }


def _sum(goal: Goal, cells: Sequence[Cell]) -> Sums:
    """Of the unit with all below it; the company as a whole has what is of no team, too."""
    is_company = goal.unit.parent_id is None
    found = [
        sums for path, channel, sums in cells
        if (path.startswith(goal.unit.path) or (is_company and not path))
        and (not goal.channel or channel == goal.channel)
    ]  # fmt: skip
    return _total(found)


def _added(figures: Sequence[Figure]) -> Sums:
    return _total([(one.numerator, one.denominator, one.unknown) for one in figures])


def _total(rows: Sequence[Sums]) -> Sums:
    above, below, unsure = (sum(column) for column in zip(NOTHING, *rows, strict=True))
    return float(above), float(below), int(unsure)


def _months(first: date, last: date) -> list[date]:
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = month_of(month).last + DAY
    return found


def _months_back(day: date) -> date:
    month = day.replace(day=1)
    for _at in range(SHOWN_MONTHS):
        month = (month - DAY).replace(day=1)
    return month
