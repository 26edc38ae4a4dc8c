"""Rows of cases or clocks as daily cells and as cases behind a figure, one query each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from lingzhi.core.clock import midnight
from lingzhi.core.measures import Cell, Place, Row

Params = Mapping[str, Any]
DAY = timedelta(days=1)
NEVER = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: `rows` chooses them, and each belongs to the day of its moment `at`.

    `case` leads to the case (empty: the row is one). Of a share, `hit` is its numerator; of a mean,
    `span` names begin and end. Rows that are `unknown` stand in neither number.
    """

    rows: Callable[[Params], QuerySet[Any]]
    at: str
    case: str = ""
    hit: Q | None = None
    span: tuple[str, str] | None = None
    unknown: Q = NEVER

    def cells(self, params: Params, first: date, last: date) -> Iterator[Cell]:
        """One cell a day, unit, handler and channel."""
        places = tuple(self.case + name for name in ("unit", "handler", "channel__code"))
        known = ~self.unknown
        found = (
            self._within(params, first, last)
            .order_by()
            .annotate(on=TruncDate(self.at, tzinfo=timezone.get_default_timezone()))
            .values("on", *places)
            .annotate(
                above=self._numerator(known), below=Count("pk", filter=known),
                unknown=Count("pk", filter=self.unknown),
            )
        )  # fmt: skip
        for one in found:
            unit, agent, channel = (one[name] for name in places)
            above = _number(one["above"])
            yield Cell(one["on"], unit, agent, channel or "", above, one["below"], one["unknown"])

    def behind(self, params: Params, place: Place, first: date, last: date) -> "CaseRows":
        """The rows behind a figure, newest first."""
        rows = self._within(params, first, last).exclude(self.unknown)
        if place.unit_path:
            rows = rows.filter(**{f"{self.case}unit__path__startswith": place.unit_path})
        if place.agent_id is not None:
            rows = rows.filter(**{f"{self.case}handler": place.agent_id})
        if place.channel:
            rows = rows.filter(**{f"{self.case}channel__code": place.channel})
        return CaseRows(rows.order_by(f"-{self.at}", "-pk"), self)

    def _within(self, params: Params, first: date, last: date) -> QuerySet[Any]:
        begin, end = midnight(first), midnight(last + DAY)
        return self.rows(params).filter(**{f"{self.at}__gte": begin, f"{self.at}__lt": end})

    def _numerator(self, known: Q) -> Any:
        if self.hit is not None:
            return Count("pk", filter=self.hit & known)
        assert self.span is not None
        begin, end = self.span
        length = ExpressionWrapper(F(end) - F(begin), output_field=DurationField())
        return Sum(length, filter=known)


@dataclass(frozen=True, slots=True)
class CaseRows(Sequence[Row]):
    """Rows that are read for the slice that is looked at."""

    found: QuerySet[Any]
    counted: Counted

    def __len__(self) -> int:
        return self.found.count()

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return self._rows(self.found[at])
        return self._rows(self.found[at : at + 1])[0]

    def _rows(self, some: QuerySet[Any]) -> list[Row]:
        rows = list(some)
        keys = [one.pk for one in rows]
        hit = self.counted.hit
        hits = set(self.found.model.objects.filter(hit, pk__in=keys).values_list("pk", flat=True)) \
            if hit is not None else set()  # fmt: skip
        return [self._row(one, one.pk in hits) for one in rows]

    def _row(self, one: Any, is_hit: bool) -> Row:
        case = one.case if self.counted.case else one
        value = float(is_hit)
        if self.counted.span is not None:
            begin, end = self.counted.span
            value = (getattr(one, end) - getattr(one, begin)).total_seconds()
        url = reverse("cases:case", args=[case.pk])
        return Row(f"{case.number} {case.title}", url, getattr(one, self.counted.at), value, 1.0)


def _number(value: Any) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value or 0)
