"""What scores by people are checked for."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.quality import CONTRADICTION, MISSING, OUTLIER, QualityCheck
from lingzhi.inspections.models import Review

DONE = (Review.State.SCORED, Review.State.RELEASED)
LONGEST = 4 * 3600  # seconds over one conversation


def _records(since: datetime) -> QuerySet[Review]:
    return Review.objects.filter(scored_at__gte=since, state__in=DONE)


def _name(row: Review) -> str:
    return f"#{row.pk}"


def _url(row: Review) -> str:
    return reverse("inspections:review", args=[row.pk])


def _check(code: str, sort: str, label: Any, flaw: Q) -> QualityCheck:
    return QualityCheck(
        f"inspections.{code}", sort, _("scores"), label, _records, flaw, _name, _url,
        "inspections.read", person="agent_id",
    )  # fmt: skip


QUALITY = (
    _check("no_agent", MISSING, _("of nobody who is known"), Q(agent=None)),
    _check("no_value", MISSING, _("without a figure"), Q(value=None)),
    _check("too_long", OUTLIER, _("worked on for more than four hours"), Q(seconds__gt=LONGEST)),
    _check(
        "too_early", CONTRADICTION, _("given before the conversation, or released before given"),
        Q(scored_at__lt=F("contact__started_at")) | Q(released_at__lt=F("scored_at")),
    ),
)  # fmt: skip
