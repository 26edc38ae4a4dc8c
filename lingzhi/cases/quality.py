"""What cases and follow-ups are checked for."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, FollowUp
from lingzhi.core.clock import now
from lingzhi.core.quality import CONTRADICTION, MISSING, ORPHAN, OUTLIER, QualityCheck

OVER = (Case.Kind.SOLVED, Case.Kind.CLOSED)


def _cases(since: datetime) -> QuerySet[Case]:
    return Case.objects.filter(opened_at__gte=since)


def _follow_ups(since: datetime) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(triggered_at__gte=since)


def _in_the_future(_rows: QuerySet[Any]) -> Q:
    return Q(opened_at__gt=now()) | Q(solved_at__gt=now()) | Q(closed_at__gt=now())


def _case_url(row: Case) -> str:
    return reverse("cases:case", args=[row.pk])


def _follow_up_url(row: FollowUp) -> str:
    return reverse("cases:follow_up", args=[row.pk])


def _of_cases(code: str, sort: str, label: Any, flaw: Any) -> QualityCheck:
    return QualityCheck(
        f"cases.{code}", sort, _("cases"), label, _cases, flaw, str, _case_url, "cases.read",
        person="handler_id",
    )  # fmt: skip


def _of_follow_ups(code: str, sort: str, label: Any, flaw: Any) -> QualityCheck:
    return QualityCheck(
        f"follow_ups.{code}", sort, _("follow-ups"), label, _follow_ups, flaw, str, _follow_up_url,
        "cases.read", person="person_id",
    )  # fmt: skip


QUALITY = (
    _of_cases("no_customer", MISSING, _("without a customer"), Q(customer=None)),
    _of_cases(
        "no_handler", MISSING, _("solved, and handled by nobody"), Q(handler=None, kind__in=OVER)
    ),
    _of_cases("future", OUTLIER, _("with a time in the future"), _in_the_future),
    _of_cases(
        "closed_before", CONTRADICTION, _("solved or closed before they were registered"),
        Q(solved_at__lt=F("opened_at")) | Q(closed_at__lt=F("opened_at")),
    ),
    _of_cases(
        "no_answer", CONTRADICTION, _("closed, and the customer was told nothing"),
        Q(kind=Case.Kind.CLOSED, fed_back_at=None) & ~Q(satisfaction="unreached"),
    ),
    _of_cases(
        "never_solved", CONTRADICTION, _("closed, and never solved"),
        Q(kind=Case.Kind.CLOSED, solved_at=None),
    ),
    _of_follow_ups(
        "orphan", ORPHAN, _("without the case, conversation or delivery they are about"),
        Q(case=None, contact=None, delivery=None, rule__trigger__in=("solved", "closed", "event")),
    ),
    _of_follow_ups(
        "no_answers", CONTRADICTION, _("done, and without a single answer"),
        Q(state=FollowUp.State.DONE, answers={}),
    ),
    _of_follow_ups(
        "ended_before", CONTRADICTION, _("ended before they were asked for"),
        Q(ended_at__lt=F("triggered_at")),
    ),
)  # fmt: skip
