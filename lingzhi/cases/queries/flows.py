"""Flows, types and limits as they stand today."""

from django.db.models import QuerySet

from lingzhi.cases.models import Case, CaseEvent, CaseType, ClockRule, FlowVersion
from lingzhi.core.clock import today
from lingzhi.org.queries import in_force


def flows_in_force() -> QuerySet[FlowVersion]:
    """The version of each flow in which cases are opened."""
    return FlowVersion.objects.filter(state=FlowVersion.State.ACTIVE).select_related("flow")


def types_in_use() -> QuerySet[CaseType]:
    """The dictionary of types, in its order."""
    return CaseType.objects.filter(retired_at=None).select_related("flow")


def types_to_open() -> QuerySet[CaseType]:
    """Those of which cases are opened; complaints are registered as such."""
    return types_in_use().exclude(flow__code="complaint")


def types_for(case: Case) -> QuerySet[CaseType]:
    """What a case may be called: the types of its flow, and all that are opened until it moved."""
    found = CaseType.objects.filter(flow=case.version.flow_id, retired_at=None)
    is_complaint = case.version.flow.code == "complaint"
    moved = case.events.filter(kind__in=(CaseEvent.Kind.MOVED, CaseEvent.Kind.ORDER_SENT))
    if not is_complaint and not moved.exists():
        found |= CaseType.objects.filter(pk__in=types_to_open().values("pk"))
    return found | CaseType.objects.filter(pk=case.type_id)


def rules_in_force() -> QuerySet[ClockRule]:
    """The time limits that hold today."""
    return ClockRule.objects.filter(in_force(today())).select_related("channel", "type")
