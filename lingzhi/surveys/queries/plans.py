"""Whom a plan asks, and when."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from lingzhi.approvals.models import Approval
from lingzhi.cases.queries.triggers import months_after
from lingzhi.contacts.queries import ANSWERED, published
from lingzhi.core.clock import midnight
from lingzhi.customers.models import Customer
from lingzhi.customers.queries.files import live
from lingzhi.customers.queries.segments import belonging
from lingzhi.org.models import Unit
from lingzhi.surveys.models import SurveyPlan
from lingzhi.surveys.queries.events import Event, chance_of, within
from lingzhi.surveys.queries.independence import still_asking

TERMS = (
    "title", "purpose", "owner_id", "questionnaire_id", "mode", "segment_id", "served_days",
    "units", "size", "seed", "every_months", "expiry_days",
)  # fmt: skip


def terms_of(plan: SurveyPlan) -> dict[str, Any]:
    """What is signed."""
    days = {"starts_on": str(plan.starts_on), "ends_on": str(plan.ends_on or "")}
    return {name: getattr(plan, name) for name in TERMS} | days


def next_round(plan: SurveyPlan, day: date) -> date | None:
    """The day of the round after this one; None where none comes."""
    if not plan.every_months:
        return None
    number = 1
    while (found := months_after(plan.starts_on, number * plan.every_months)) <= day:
        number += 1
    return None if plan.ends_on and found > plan.ends_on else found


def population(plan: SurveyPlan, day: date) -> list[Event]:
    """The customers of one round, with the last conversation that makes each one of them."""
    since, until = midnight(day - timedelta(days=plan.served_days)), midnight(day)
    rows = published().filter(
        within(plan.units), ANSWERED, customer__in=live(), ended_at__gte=since,
        ended_at__lt=until,
    )  # fmt: skip
    if plan.segment is not None:
        members = Customer.objects.filter(belonging(plan.segment)).order_by()
        rows = rows.filter(customer__in=members.values("pk"))
    columns = ("customer_id", "ended_at", "pk", "agent_id", "unit_id")
    last = {row[0]: row for row in rows.order_by("ended_at", "pk").values_list(*columns)}
    drawn = sorted(last, key=lambda key: chance_of(plan.seed, f"{day}/{key}"))[: plan.size]
    return [
        Event(f"{day}/customer/{key}", at, customer, contact=pk, agent=agent, unit=unit)
        for key in sorted(drawn)
        for customer, at, pk, agent, unit in [last[key]]
    ]


def plans_with_counts() -> QuerySet[SurveyPlan]:
    """All plans, the newest first, with how many customers were to be asked, asked, answered."""
    return SurveyPlan.objects.select_related("questionnaire", "segment").annotate(
        due=Count("invitations"),
        asked=Count("invitations", filter=Q(invitations__state="sent")),
        answered=Count("invitations", filter=Q(invitations__finished_at__isnull=False)),
    )


def facts_of(plan: SurveyPlan) -> dict[str, Any]:
    """What the page of a plan says beside it: its units, its approval, its rounds."""
    subject = f"{plan._meta.label_lower}/{plan.pk}"
    rows = plan.invitations.order_by("due_at").annotate(day=TruncDate("due_at")).values("day")
    rounds = rows.order_by("-day").annotate(
        due=Count("pk"),
        asked=Count("pk", filter=Q(state="sent")),
        answered=Count("pk", filter=Q(finished_at__isnull=False)),
    )
    return {
        "units": Unit.objects.filter(pk__in=plan.units),
        "approval": Approval.objects.filter(subject=subject).first(),
        "rounds": list(rounds),
        "is_still_asking": still_asking(plan),
        "is_drafted": plan.state == SurveyPlan.State.DRAFT,
        "is_asked": plan.state == SurveyPlan.State.ASKED,
    }
