"""Published months (指标发布): what was said, and what would be counted today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import isclose

from django.db.models import Min

from lingzhi.core.clock import today
from lingzhi.kpis.models import DaySum, Definition, Publication, PublishedFigure
from lingzhi.kpis.queries.figures import NOTHING, Figure, Sums, sums_by
from lingzhi.kpis.queries.periods import Period, month_of
from lingzhi.kpis.queries.scopes import Scope, counted_in
from lingzhi.org.models import Unit

Key = tuple[int, int]  # definition and unit
MONTHS = 12


def sums_of_units(
    definitions: Iterable[Definition], units: Mapping[int, Unit], period: Period
) -> dict[Key, Sums]:
    """The sums of each unit with all below it, by one query; cases of no team are the company's."""
    found: dict[Key, Sums] = {}
    for (key, at), sums in sums_by(list(definitions), Scope(), period, "unit_id").items():
        for place in counted_in(at, units):
            old = found.get((key, place), NOTHING)
            found[key, place] = (old[0] + sums[0], old[1] + sums[1], old[2] + sums[2])
    return found


def newest_publication(month: date) -> Publication | None:
    """The last version of a month; None before it was published."""
    return Publication.objects.filter(month=month.replace(day=1)).select_related("by").first()


def sealed_figures(
    definitions: Iterable[Definition], scope: Scope, period: Period
) -> dict[int, PublishedFigure]:
    """What was published about a unit for exactly this month, by definition.

    Nothing for parts of a month, one person or one channel: those are not published.
    """
    is_whole = period == month_of(period.first)
    if not is_whole or scope.unit is None or scope.agent_id is not None or scope.channels:
        return {}
    publication = newest_publication(period.first)
    if publication is None:
        return {}
    rows = publication.figures.filter(unit=scope.unit, definition__in=list(definitions))
    return {one.definition_id: one for one in rows.select_related("publication")}


def figure_of(row: PublishedFigure, definition: Definition) -> Figure:
    """The published sums as a figure."""
    return Figure.of(definition, (row.numerator, row.denominator, row.unknown))


@dataclass(frozen=True, slots=True)
class Recounted:
    """A published figure beside what is counted for the same today."""

    row: PublishedFigure
    published: Figure
    today: Figure

    @property
    def has_changed(self) -> bool:
        return are_different(sums_of(self.published), sums_of(self.today))


def are_different(one: Sums, other: Sums) -> bool:
    """Whether sums differ by more than the order in which parts of hours were added."""
    return not all(isclose(a, b, rel_tol=1e-9) for a, b in zip(one, other, strict=True))


def sums_of(figure: Figure) -> Sums:
    return figure.numerator, figure.denominator, figure.unknown


def recounted(publication: Publication, unit: Unit) -> list[Recounted]:
    """What was published about a unit with its recount, in the order of the dictionary."""
    rows = publication.figures.filter(unit=unit).select_related(
        "publication", "definition__indicator", "unit", "target__definition__indicator"
    )
    definitions = [one.definition for one in rows]
    now = sums_by(definitions, Scope.of_unit(unit), month_of(publication.month))
    return [
        Recounted(
            one, figure_of(one, one.definition),
            Figure.of(one.definition, now.get((one.definition_id,), NOTHING)),
        )
        for one in rows.order_by("definition__indicator__code")
    ]  # fmt: skip


def months_over() -> list[date]:
    """The months that are over, the latest first: a year back, as far as anything was counted."""
    month = today().replace(day=1)
    begun = DaySum.objects.aggregate(first=Min("day"))["first"] or month
    found = []
    for _at in range(MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        if month_of(month).last >= begun:
            found.append(month)
    return found
