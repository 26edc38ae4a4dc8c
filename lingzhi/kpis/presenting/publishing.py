"""Published months in words: what was said, what is counted today, and by how much they differ."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from lingzhi.kpis.models import Publication, PublishedFigure
from lingzhi.kpis.presenting.figures import ShownFigure
from lingzhi.kpis.presenting.saying import say, say_change
from lingzhi.kpis.queries import month_of
from lingzhi.kpis.queries.publishing import (
    Recounted,
    are_different,
    figure_of,
    months_over,
    recounted,
    sums_of,
)
from lingzhi.org.models import Unit


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """A month that is over, with its versions, the newest first."""

    month: date
    versions: list[Publication]


def shown_months() -> list[ShownMonth]:
    """The last twelve, and earlier ones that were published."""
    known: dict[date, list[Publication]] = {}
    for one in Publication.objects.select_related("by"):
        known.setdefault(one.month, []).append(one)
    months = sorted({*months_over(), *known}, reverse=True)
    return [ShownMonth(one, known.get(one, [])) for one in months]


@dataclass(frozen=True, slots=True)
class ShownPublished:
    """A published figure with its recount and, of a later version, what stood before."""

    recount: Recounted
    before: PublishedFigure | None

    @property
    def row(self) -> PublishedFigure:
        return self.recount.row

    @property
    def shown(self) -> ShownFigure:
        return ShownFigure(self.recount.published, self.row.target)

    @property
    def today(self) -> str:
        return say(self.recount.today.value, self.recount.today.unit)

    @property
    def difference(self) -> str:
        """What a recount changes; of the same figure from other sums, that it is the same."""
        if not self.recount.has_changed:
            return ""
        return self._change(self.recount.published.value, self.recount.today.value)

    @property
    def since_before(self) -> str:
        """What this version changed against the one before."""
        row, old = self.row, self.before
        if old is None:
            return ""
        earlier = figure_of(old, row.definition)
        if not are_different(sums_of(earlier), sums_of(self.recount.published)):
            return ""
        return self._change(earlier.value, self.recount.published.value)

    def _change(self, before: float | None, after: float | None) -> str:
        figure = self.recount.published
        if before is None or after is None:
            return f"{say(before, figure.unit)} → {say(after, figure.unit)}"
        change = (after / before - 1) * 100 if figure.shape == "count" else after - before
        return say_change(change, figure.unit, figure.shape)

    @property
    def url(self) -> str:
        days = month_of(self.row.publication.month)
        asked = {
            "unit": self.row.unit_id, "definition": self.row.definition_id,
            "from_on": days.first.isoformat(), "to_on": days.last.isoformat(),
        }  # fmt: skip
        code = self.row.definition.code
        return f"{reverse('kpis:indicator', args=[code])}?{urlencode(asked)}"


def shown_published(publication: Publication, unit: Unit | None) -> list[ShownPublished]:
    """The figures of one unit."""
    if unit is None:
        return []
    earlier = PublishedFigure.objects.filter(
        publication__month=publication.month, publication__number=publication.number - 1, unit=unit
    )
    before = {one.definition_id: one for one in earlier}
    return [
        ShownPublished(one, before.get(one.row.definition_id))
        for one in recounted(publication, unit)
    ]


def published_header() -> list[Any]:
    """The columns of a published month as a file."""
    return [
        _("Month"), _("Version"), _("Unit"), _("Code"), _("Indicator"), _("Way of counting"),
        _("Numerator"), _("Denominator"), _("Unknown"), _("Figure"), _("Target"),
        _("Counted today"),
    ]  # fmt: skip


def published_row(one: ShownPublished) -> list[Any]:
    """One figure as cells; shares in per cent."""
    row, figure = one.row, one.recount.published
    return [
        f"{row.publication.month:%Y-%m}", row.publication.number, row.unit.name,
        row.definition.code, row.definition.entry.name, row.definition.way.words,
        row.numerator, row.denominator, row.unknown,
        "" if figure.value is None else round(figure.value, 6),
        "" if row.aim is None else row.aim,
        "" if one.recount.today.value is None else round(one.recount.today.value, 6),
    ]  # fmt: skip
