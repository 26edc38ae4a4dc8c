"""What answers to surveys are checked for."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.quality import CONTRADICTION, MISSING, ORPHAN, QualityCheck
from lingzhi.surveys.models import Answer, Answering


def _records(since: datetime) -> QuerySet[Answering]:
    return Answering.objects.filter(started_at__gte=since)


def _name(row: Answering) -> str:
    return f"{row.started_at:%Y-%m-%d} #{row.pk}"


def _url(_row: Answering) -> str:
    return reverse("surveys:results")


def _check(code: str, sort: str, label: Any, flaw: Q) -> QualityCheck:
    return QualityCheck(
        f"surveys.{code}", sort, _("answers to surveys"), label, _records, flaw, _name, _url,
        "surveys.read",
    )  # fmt: skip


_ANSWERED = Answer.objects.filter(answering=OuterRef("pk"))
QUALITY = (
    _check("no_unit", MISSING, _("about no team"), Q(unit=None)),
    _check(
        "of_nothing", ORPHAN, _("about no case and no conversation"),
        Q(
            invitation__isnull=False, invitation__case=None, invitation__contact=None,
            invitation__rule__isnull=False,
        ),
    ),
    _check(
        "empty", CONTRADICTION, _("finished without a single answer"),
        Q(finished_at__isnull=False) & ~Q(Exists(_ANSWERED)),
    ),
    _check(
        "before_asked", CONTRADICTION, _("begun before they were asked for"),
        Q(started_at__lt=F("invitation__sent_at")) | Q(finished_at__lt=F("started_at")),
    ),
)  # fmt: skip
