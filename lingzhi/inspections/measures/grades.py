"""The grades that people have by the criteria of their unit (服务质量等级 A/B/C).

A grade stands at the last day of its period. Whom too few scores speak of is among the unknown.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import Params
from lingzhi.core.clock import midnight
from lingzhi.core.controls import Param
from lingzhi.core.measures import Cell, Measure, Place, Row
from lingzhi.inspections.models import Grade


def _grades(first: date, last: date) -> QuerySet[Grade]:
    rows = Grade.objects.filter(
        is_latest=True, person__isnull=False, to_on__gte=first, to_on__lte=last
    )
    return rows.select_related("criteria", "person")


def _is_top(params: Params, row: Grade) -> bool:
    return row.grade in [cut[0] for cut in row.criteria.cuts][: params["best"]]


def cells(params: Params, first: date, last: date) -> Iterator[Cell]:
    """One a person and period."""
    for row in _grades(first, last).order_by():
        known = bool(row.grade)
        above = float(known and _is_top(params, row))
        yield Cell(row.to_on, row.unit_id, row.person_id, "", above, float(known), int(not known))


def rows(params: Params, place: Place, first: date, last: date) -> list[Row]:
    """Each person's grade with what it rests on, the newest first."""
    if place.channel:
        return []
    found = _grades(first, last).exclude(grade="").filter(unit__path__startswith=place.unit_path)
    if place.agent_id is not None:
        found = found.filter(person=place.agent_id)
    return [
        Row(
            _words(row), reverse("inspections:grades"), midnight(row.to_on),
            float(_is_top(params, row)), 1.0,
        )
        for row in found.order_by("-to_on", "person__staff_no")
    ]  # fmt: skip


def _words(row: Grade) -> str:
    who = f"{row.person.name} {row.person.staff_no}" if row.person else ""
    said = gettext("grade %(grade)s of %(n)d scores") % {"grade": row.grade, "n": row.count}
    return f"{who} · {said}"


MEASURES = [
    Measure(
        code="inspections.graded", label=_("Service grades"),
        numerator=_("people with one of the best grades"), denominator=_("people graded"),
        shape="share", unit="percent", cells=cells, rows=rows,
        params=(Param("best", _("best grades that count"), "integer", is_figure=True, low=1),),
    )
]  # fmt: skip
