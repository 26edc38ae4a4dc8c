"""What conversations are checked for: times, agents, teams, and lengths that cannot be."""

from datetime import datetime
from typing import Any

from django.db.models import Avg, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.core.clock import now
from lingzhi.core.quality import CONTRADICTION, MISSING, OUTLIER, QualityCheck

TIMES = 5  # as long as the mean
NOUN = _("conversations")


def _records(since: datetime) -> QuerySet[Contact]:
    return published().filter(received_at__gte=since)


def _too_long(rows: QuerySet[Any]) -> Q:
    """More than five times as long as the mean of those with both times."""
    length = ExpressionWrapper(F("ended_at") - F("answered_at"), output_field=DurationField())
    mean = rows.filter(ended_at__gt=F("answered_at")).order_by().aggregate(mean=Avg(length))["mean"]
    if mean is None:
        return Q(pk__in=[])
    return Q(ended_at__gt=F("answered_at") + TIMES * mean)


def _in_the_future(_rows: QuerySet[Any]) -> Q:
    return Q(started_at__gt=now()) | Q(ended_at__gt=now())


def _url(row: Contact) -> str:
    return reverse("contacts:detail", args=[row.pk])


def _check(code: str, sort: str, label: Any, flaw: Any) -> QualityCheck:
    return QualityCheck(
        f"contacts.{code}", sort, NOUN, label, _records, flaw, str, _url, "contacts.read",
        person="agent_id",
    )  # fmt: skip


QUALITY = (
    _check("no_time", MISSING, _("without a time"), Q(started_at=None)),
    _check(
        "no_agent", MISSING, _("answered, and by nobody who is known"),
        Q(agent=None, answered_at__isnull=False),
    ),
    _check(
        "no_unit", MISSING, _("with an agent and without a team"),
        Q(unit=None, agent__isnull=False),
    ),
    _check("future", OUTLIER, _("that lie in the future"), _in_the_future),
    _check("too_long", OUTLIER, _("more than five times as long as the mean"), _too_long),
    _check(
        "ends_before", CONTRADICTION, _("ended before they began, or answered after they ended"),
        Q(ended_at__lt=F("started_at")) | Q(answered_at__gt=F("ended_at")),
    ),
)  # fmt: skip
