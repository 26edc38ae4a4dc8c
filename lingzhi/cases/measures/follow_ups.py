"""Follow-ups counted: in time, at all, reached; and how content customers are with whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import FollowUp
from lingzhi.cases.queries import follow_up_figures as figures
from lingzhi.core.clock import midnight
from lingzhi.core.controls import Words
from lingzhi.core.measures import Cell, Measure, Place, Row

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Rows(Sequence[Row]):
    """The follow-ups behind a figure, read as they are shown."""

    found: QuerySet[FollowUp]
    hits: Q

    def __len__(self) -> int:
        return self.found.count()

    def __getitem__(self, at: Any) -> Any:
        page = list(self.found[at]) if isinstance(at, slice) else [self.found[at]]
        keys = [one.pk for one in page]
        counted = set(FollowUp.objects.filter(self.hits, pk__in=keys).values_list("pk", flat=True))
        rows = [
            Row(
                str(one.rule), reverse("cases:follow_up", args=[one.pk]), one.triggered_at,
                float(one.pk in counted), 1.0,
            )
            for one in page
        ]  # fmt: skip
        return rows if isinstance(at, slice) else rows[0]


@dataclass(frozen=True, slots=True)
class _Share:
    """A share of follow-ups by the day of `moment`, for the person at `agent`."""

    among: Q
    hits: Q
    agent: str
    moment: str

    def _found(self, first: date, last: date) -> QuerySet[FollowUp]:
        if self.moment == "due_at":
            rows = figures.due_between(FollowUp.objects.all(), first, last)
        else:
            end = midnight(last + timedelta(days=1))
            rows = FollowUp.objects.filter(ended_at__gte=midnight(first), ended_at__lt=end)
        return rows.filter(self.among)

    def cells(self, params: Params, first: date, last: date) -> Iterator[Cell]:
        columns = ("day", "unit_id", f"{self.agent}_id", "case__channel__code")
        day = TruncDate(self.moment, tzinfo=get_default_timezone())
        counted = self._found(first, last).order_by().annotate(day=day)
        numbers = {"of": Count("pk"), "hit": Count("pk", filter=self.hits)}
        for one in counted.values(*columns).annotate(**numbers):
            at, unit, agent, channel = (one[name] for name in columns)
            yield Cell(at, unit, agent, channel or "", float(one["hit"]), float(one["of"]))

    def rows(self, params: Params, place: Place, first: date, last: date) -> _Rows:
        rows = self._found(first, last)
        if place.unit_path:
            rows = rows.filter(unit__path__startswith=place.unit_path)
        if place.agent_id is not None:
            rows = rows.filter(**{self.agent: place.agent_id})
        if place.channel:
            rows = rows.filter(case__channel__code=place.channel)
        return _Rows(rows.select_related("rule").order_by(f"-{self.moment}", "-pk"), self.hits)


def _measure(
    code: str, label: Words, numerator: Words, denominator: Words, share: _Share
) -> Measure:
    return Measure(
        f"cases.{code}", label, numerator, denominator, "share", "percent", share.cells, share.rows
    )


MEASURES = [
    _measure(
        "follow_up_in_time", _("Follow-ups in time"), _("followed up in time"),
        _("due for a follow-up"), _Share(Q(), figures.in_time(), "person", "due_at"),
    ),
    _measure(
        "follow_up_covered", _("Follow-up coverage"), _("followed up"), _("due for a follow-up"),
        _Share(Q(), figures.followed_up(), "person", "due_at"),
    ),
    _measure(
        "follow_up_reached", _("Customers reached"), _("reached"), _("follow-ups ended"),
        _Share(
            figures.concluded(), figures.answered(), "person", "ended_at",
        ),
    ),
    _measure(
        "follow_up_satisfied", _("Satisfied in follow-ups"), _("satisfied"), _("who rated"),
        _Share(figures.rated(), figures.satisfied(), "served_by", "ended_at"),
    ),
]  # fmt: skip
