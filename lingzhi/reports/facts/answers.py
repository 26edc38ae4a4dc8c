"""Facts about surveys: one row a person and dimension, by the day of what is judged."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import midnight
from lingzhi.reports.facts.axes import AGENT, CENTRE, CHANNEL, DEPARTMENT, TIMES, UNIT, listed
from lingzhi.reports.facts.table import KEY, Amount, Axis, FactTable
from lingzhi.surveys.models import Answering, Dimension, Mode
from lingzhi.surveys.queries.words import OVERALL, by_dimension


def versions() -> Mapping[date, str]:
    """Answers are added and taken out, never changed."""
    on = TruncDate("started_at", tzinfo=timezone.get_default_timezone())
    found = Answering.objects.order_by().annotate(on=on).values("on")
    counted = found.annotate(n=Count("answers"), last=Max("answers__pk"), ends=Max("finished_at"))
    return {one["on"]: f"{one['n']}.{one['last']}.{one['ends']}" for one in counted}


def rows(day: date) -> Iterator[dict[str, Any]]:
    """What each person who answered on a day said of each dimension."""
    end = midnight(day + timedelta(days=1))
    answerings = Answering.objects.filter(started_at__gte=midnight(day), started_at__lt=end)
    for dimension, words in by_dimension(answerings).items():
        for one in words:
            if one.marks:
                yield {
                    KEY: one.answering_id,
                    "unit": one.unit_id,
                    "agent": one.agent_id,
                    "channel": one.channel or None,
                    "about": dimension,
                    "mode": one.mode,
                    "number_above": 1.0,
                    "satisfied_above": float(one.is_satisfied),
                    "satisfied_below": 1.0,
                    "degree_above": 100 * one.place,
                    "degree_below": 1.0,
                }


def _dimensions(_values: Iterable[str | None]) -> dict[str, str]:
    titles = {one.code: str(one) for one in Dimension.objects.all()}
    return {OVERALL: str(_("All in all")), **titles}


ANSWERS = FactTable(
    code="answers",
    label=_("Answers to surveys"),
    about=_("What each person said of each dimension, by the day of the answer."),
    places={
        KEY: pa.int64(),
        "unit": pa.int64(),
        "agent": pa.int64(),
        "channel": pa.string(),
        "about": pa.string(),
        "mode": pa.string(),
    },
    axes=(
        *TIMES, CENTRE, DEPARTMENT, UNIT, AGENT, CHANNEL,
        Axis("about", _("Dimension"), "about", _dimensions),
        Axis("mode", _("Way of answering"), "mode", listed(Mode.choices)),
    ),
    amounts=(
        Amount("number", _("Answers")),
        Amount("satisfied", _("Satisfied customers"), "share", "percent"),
        Amount("degree", _("Degree of satisfaction"), "mean", "points"),
    ),
    versions=versions,
    rows=rows,
)  # fmt: skip
