"""Rectifications that were due: done in time, with their effect confirmed (改进措施完成率)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.measures import Cell, Measure, Place, Row
from lingzhi.improvement.models import Rectification

State = Rectification.State


def _due(first: date, last: date) -> QuerySet[Rectification]:
    rows = Rectification.objects.filter(due_on__gte=first, due_on__lte=min(last, today()))
    return rows.exclude(state=State.DROPPED)


def _is_met(row: Rectification) -> bool | None:
    """None while it was carried out in time and its effect is still judged."""
    in_time = row.done_on is not None and row.done_on <= row.due_on
    if in_time and row.verified_at is None:
        return None
    return in_time


def _cells(_params: Mapping[str, Any], first: date, last: date) -> Iterator[Cell]:
    for row in _due(first, last):
        met = _is_met(row)
        counts = (1.0, 1.0, 0) if met else (0.0, 0.0, 1) if met is None else (0.0, 1.0, 0)
        yield Cell(row.due_on, row.unit_id, None, "", *counts)


def _rows(_params: Mapping[str, Any], place: Place, first: date, last: date) -> list[Row]:
    if place.agent_id is not None or place.channel:
        return []
    rows = _due(first, last).filter(unit__path__startswith=place.unit_path)
    return [
        Row(
            f"{one.number} {one.title}", reverse("improvement:rectification", args=[one.pk]),
            make_aware(datetime.combine(one.due_on, time())), float(bool(_is_met(one))), 1.0,
        )
        for one in rows.order_by("-due_on", "-pk") if _is_met(one) is not None
    ]  # fmt: skip


MEASURES = [
    Measure(
        "improvement.completed", _("Rectifications completed"),
        _("carried out in time, effect confirmed"), _("rectifications due"), "share", "percent",
        _cells, _rows,
    )
]  # fmt: skip
