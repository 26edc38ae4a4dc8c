"""Facts about people's judgement: one row a released score, by the day of its conversation."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import midnight
from lingzhi.inspections.models import Review, SheetVersion
from lingzhi.reports.facts.axes import PLACES, USUAL
from lingzhi.reports.facts.table import Amount, Axis, FactTable

RELEASED = Q(state=Review.State.RELEASED, counts=True, contact__started_at__isnull=False)


def versions() -> Mapping[date, str]:
    """Each change of a score counts its revision up; a release is one."""
    on = TruncDate("contact__started_at", tzinfo=timezone.get_default_timezone())
    found = Review.objects.filter(RELEASED).order_by().annotate(on=on).values("on")
    counted = found.annotate(
        n=Count("pk"), revisions=Sum("revision"), points=Sum("value"), last=Max("released_at")
    )
    return {
        one["on"]: f"{one['n']}.{one['revisions']}.{one['points']}.{one['last']}" for one in counted
    }


def rows(day: date) -> Iterator[dict[str, Any]]:
    """The released scores of the conversations of a day."""
    begin, end = midnight(day), midnight(day + timedelta(days=1))
    within = Q(contact__started_at__gte=begin, contact__started_at__lt=end)
    found = Review.objects.filter(RELEASED, within).order_by("pk")
    for one in found.select_related("contact__channel"):
        moment = one.contact.started_at
        yield {
            "hour": timezone.localtime(moment).hour if moment else None,
            "unit": one.unit_id,
            "agent": one.agent_id,
            "channel": one.contact.channel.code,
            "sheet": one.version_id,
            "number_above": 1.0,
            **_said("score", one.value),
            **_said("passed", one.is_passed),
            **_said("excellent", one.is_excellent),
            "vetoed_above": float(one.is_vetoed),
            "vetoed_below": 1.0,
        }


def _said(name: str, value: Any) -> dict[str, float]:
    """The columns of one answer; None is not known."""
    return {
        f"{name}_above": float(value or 0),
        f"{name}_below": float(value is not None),
        f"{name}_unknown": float(value is None),
    }


def _sheets(values: Iterable[int | None]) -> dict[int, str]:
    wanted = SheetVersion.objects.filter(pk__in=[pk for pk in values if pk])
    return {one.pk: str(one) for one in wanted.select_related("sheet").order_by("pk")}


SCORES = FactTable(
    code="scores",
    label=_("Scores"),
    about=_("Every released score by the day of its conversation."),
    places={**PLACES, "sheet": pa.int64()},
    axes=(*USUAL, Axis("sheet", _("Score sheet"), "sheet", _sheets)),
    amounts=(
        Amount("number", _("Scores")),
        Amount("score", _("Quality score"), "mean", "points"),
        Amount("passed", _("Pass rate of scores"), "share", "percent"),
        Amount("excellent", _("Excellent rate of scores"), "share", "percent"),
        Amount("vetoed", _("Vetoed"), "share", "percent"),
    ),
    versions=versions,
    rows=rows,
)
