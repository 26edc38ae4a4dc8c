"""Tasks of service plans that were due: carried out in time or not (服务持续性) [R-KP-11]."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import midnight, today
from lingzhi.core.controls import Param
from lingzhi.core.measures import Cell, Measure, Place, Row
from lingzhi.governance.models import PlanTask, ServicePlan

Params = Mapping[str, Any]
DAY = timedelta(days=1)


def _due(params: Params, first: date, last: date) -> QuerySet[PlanTask]:
    """Due by now, in plans in force; what units took over is counted with them, not twice."""
    running = ServicePlan.State.RUNNING
    rows = PlanTask.objects.filter(plan__state=running, due_on__gte=first)
    rows = rows.filter(due_on__lte=min(last, today()))
    if params["about"]:
        rows = rows.filter(about__in=params["about"])
    taken = PlanTask.objects.filter(source__isnull=False, plan__state=running)
    return rows.exclude(pk__in=taken.values("source_id")).select_related("plan__unit")


def _is_kept(task: PlanTask) -> bool | None:
    """None while its last day is not over and it is not done."""
    if task.done_at is not None:
        return task.done_at < midnight(task.due_on + DAY)
    return None if task.due_on >= today() else False


def _cells(params: Params, first: date, last: date) -> Iterator[Cell]:
    for task in _due(params, first, last):
        kept = _is_kept(task)
        counts = (0.0, 0.0, 1) if kept is None else (float(kept), 1.0, 0)
        yield Cell(task.due_on, task.plan.unit_id, None, "", *counts)


def _rows(params: Params, place: Place, first: date, last: date) -> list[Row]:
    if place.agent_id is not None or place.channel:
        return []
    rows = _due(params, first, last).filter(plan__unit__path__startswith=place.unit_path)
    return [
        Row(
            f"{one.get_about_display()} · {one.title}",
            reverse("governance:plan", args=[one.plan_id]),
            midnight(one.due_on), float(bool(_is_kept(one))), 1.0,
        )
        for one in rows.order_by("-due_on", "-pk") if _is_kept(one) is not None
    ]  # fmt: skip


about = Param(
    "about", _("kinds of work, empty: all"), "words", choices=lambda: PlanTask.About.choices,
    is_required=False,
)  # fmt: skip
MEASURES = [
    Measure(
        "governance.planned_done", _("Planned work carried out"),
        _("carried out in time"), _("tasks of plans in force that were due"), "share", "percent",
        _cells, _rows, params=(about,),
    )
]  # fmt: skip
