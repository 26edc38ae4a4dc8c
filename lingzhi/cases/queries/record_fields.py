"""What a service record may hold (服务记录要素), and how one knows that it is there."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseEvent, FollowUp, Goods
from lingzhi.customers.models import Identifier
from lingzhi.org.models import PostHolding

CONTACT = "contact"  # the record of a conversation, not of a case
FIELDS: Mapping[str, str | Promise] = {
    "start_time": _("begin"),
    "end_time": _("end"),
    "agent": _("agent"),
    "agent_post": _("post of the agent"),
    "agent_contact": _("how to reach the agent"),
    "customer": _("customer"),
    "customer_name": _("name of the customer"),
    "customer_contact": _("how to reach the customer"),
    "problem_type": _("type of problem"),
    "description": _("what happened"),
    "request": _("what the customer asks for"),
    "steps": _("steps taken"),
    "measures": _("measures"),
    "result": _("result"),
    "customer_feedback": _("what the customer said to it"),
    "rating": _("rating by the customer"),
    "order_number": _("order number"),
    "part_number": _("part number"),
    "product": _("product or service"),
    "quantity": _("quantity delivered"),
    "delivery_date": _("delivered on"),
    "defective_quantity": _("defective quantity"),
    "fault": _("fault code"),
    "sample": _("abnormal sample"),
    "reason": _("reason of the complaint"),
}
# What nobody can know before the work is done: open cases do not lack it yet.
AT_END = ("end_time", "result", "customer_feedback", "rating")
# What every finished case is held against by the indicator, whatever clauses demand.
USUAL = (
    "agent", "customer", "customer_contact", "problem_type", "description", "request", "measures",
    "result", "customer_feedback",
)  # fmt: skip
Kind = CaseEvent.Kind
ACTS = (
    Kind.NOTED, Kind.MOVED, Kind.TOLD, Kind.ORDER_ANSWERED, Kind.VISIT, Kind.SHEET,
    Kind.CALLED_BACK,
)  # fmt: skip
REACHED_BY = (
    Identifier.Kind.PHONE, Identifier.Kind.EMAIL, Identifier.Kind.ADDRESS, Identifier.Kind.ACCOUNT,
)  # fmt: skip


def _events(**wanted: Any) -> Q:
    return Q(Exists(CaseEvent.objects.filter(case=OuterRef("pk"), by__isnull=False, **wanted)))


def _goods(**wanted: Any) -> Q:
    return Q(Exists(Goods.objects.filter(complaint=OuterRef("pk"), **wanted)))


def _named(**wanted: Any) -> Q:
    """Of the customer this is known; of one whose data were erased it was."""
    known = Identifier.objects.filter(customer=OuterRef("customer"), **wanted)
    return Q(Exists(known)) | Q(customer__erased_at__isnull=False)


def _post(person: str) -> Q:
    return Q(Exists(PostHolding.objects.filter(person=OuterRef(person))))


# A text is there where it is greater than nothing: so a row that is missing counts as lacking.
OF_CASE: Mapping[str, Q] = {
    "start_time": Q(opened_at__isnull=False),
    "end_time": Q(solved_at__isnull=False) | Q(closed_at__isnull=False),
    "agent": Q(owner__isnull=False),
    "agent_post": _post("owner"),
    "agent_contact": Q(owner__email__gt=""),
    "customer": Q(customer__isnull=False),
    "customer_name": _named(kind=Identifier.Kind.NAME),
    "customer_contact": _named(kind__in=REACHED_BY),
    "problem_type": Q(type__isnull=False),
    "description": Q(description__gt=""),
    "request": Q(demand__gt=""),
    "steps": _events(kind__in=ACTS),
    "measures": _events(kind__in=ACTS, text__gt=""),
    "result": Q(fed_back_at__isnull=False) | Q(satisfaction=Case.Satisfaction.UNREACHED),
    "customer_feedback": Q(satisfaction__gt=""),
    "rating": Q(complaint__handling_satisfaction__gt="")
    | Q(Exists(FollowUp.objects.filter(case=OuterRef("pk"), state=FollowUp.State.DONE))),
    "order_number": _goods(order_number__gt=""),
    "part_number": _goods(part_number__gt=""),
    "product": _goods(product__gt=""),
    "quantity": _goods(quantity__gt=0),
    "delivery_date": _goods(delivered_on__isnull=False),
    "defective_quantity": _goods(defective__gt=0),
    "fault": _goods(fault_code__gt=""),
    "sample": _goods(sample__gt=""),
    "reason": Q(complaint__claimed_cause__gt="") | Q(complaint__cause__isnull=False),
}


def _of_its_case(code: str) -> Q:
    """A case that was opened from the conversation has it."""
    return Q(Exists(Case.objects.filter(OF_CASE[code], contact=OuterRef("pk"))))


# The record of a conversation: its own data and its words; the rest is in the case opened from it.
OF_CONTACT: Mapping[str, Q] = {
    **{code: _of_its_case(code) for code in FIELDS},
    "start_time": Q(started_at__isnull=False),
    "end_time": Q(ended_at__isnull=False),
    "agent": Q(agent__isnull=False),
    "agent_post": _post("agent"),
    "agent_contact": Q(agent__email__gt=""),
    "customer": Q(customer__isnull=False),
    "customer_name": _named(kind=Identifier.Kind.NAME),
    "customer_contact": _named(kind__in=REACHED_BY),
    "description": Q(turn_count__gt=0),
    "request": Q(turn_count__gt=0),
    "result": Q(outcome__gt="") | _of_its_case("result"),
}
