"""What units did with their work orders (派单考核指标), for the dictionary of indicators."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import WorkOrder
from lingzhi.cases.queries.orders import RATES, WHICH, counted
from lingzhi.cases.wording.orders import LABELS
from lingzhi.core.clock import midnight
from lingzhi.core.controls import Param
from lingzhi.core.measures import Cell, Measure, Place, Row

Params = Any
DAY = timedelta(days=1)


def _orders(place: Place, first: date, last: date) -> QuerySet[WorkOrder]:
    """Orders sent on these days; an order has no channel and no agent of the centre."""
    rows = counted(WorkOrder.objects.all()).order_by()
    rows = rows.filter(sent_at__gte=midnight(first), sent_at__lt=midnight(last + DAY))
    if place.agent_id is not None or place.channel:
        return rows.none()
    return rows.filter(unit__path__startswith=place.unit_path)


def _conditions(params: Params) -> tuple[Q, Q]:
    which, among = RATES[params["rate"]]
    return WHICH[which] & among, among


def cells(params: Params, first: date, last: date) -> Iterator[Cell]:
    """The sums by day and unit. What clock or customer did not say is unknown."""
    yes, among = _conditions(params)
    zone = timezone.get_default_timezone()
    days = _orders(Place(), first, last).annotate(day=TruncDate("sent_at", tzinfo=zone))
    sums = days.values("day", "unit_id").annotate(
        yes=Count("pk", filter=yes), of=Count("pk", filter=among or Q(pk__gt=0)), all=Count("pk")
    )
    for row in sums:
        unknown = row["all"] - row["of"]
        yield Cell(row["day"], row["unit_id"], None, "", row["yes"], row["of"], unknown)


@dataclass(frozen=True, slots=True)
class Orders(Sequence[Row]):
    """The orders behind a figure, newest first; read for the slice that is looked at."""

    rows: QuerySet[WorkOrder]
    yes: Q

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, at: Any) -> Any:
        if not isinstance(at, slice):
            return self[slice(at, at + 1)][0]
        found = list(self.rows.select_related("case", "unit")[at])
        hits = set(
            WorkOrder.objects.filter(self.yes, pk__in=[one.pk for one in found]).values_list(
                "pk", flat=True
            )
        )
        return [
            Row(
                f"{one.case.number} · {one.unit.name}", reverse("cases:case", args=[one.case_id]),
                one.sent_at, float(one.pk in hits), 1.0,
            )
            for one in found
        ]  # fmt: skip


def rows(params: Params, place: Place, first: date, last: date) -> Orders:
    """The orders that a rate is about."""
    yes, among = _conditions(params)
    return Orders(_orders(place, first, last).filter(among).order_by("-sent_at", "-pk"), yes)


MEASURES = [
    Measure(
        code="cases.orders",
        label=_("Work orders of units"),
        numerator=_("orders of which this is true"),
        denominator=_("orders of which it is known"),
        shape="share",
        unit="percent",
        cells=cells,
        rows=rows,
        params=(Param("rate", _("what is counted"), "choice", choices=LABELS.items),),
    )
]
