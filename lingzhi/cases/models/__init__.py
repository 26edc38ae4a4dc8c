"""Cases (工单), the flows they go through, and the clocks that run beside them."""

from lingzhi.cases.models.afterwards import ContactSheet, MajorMatter, ProcessReview
from lingzhi.cases.models.call_backs import CallBack, Exclusion, Secrecy
from lingzhi.cases.models.cases import Case, CaseEvent, HandOver
from lingzhi.cases.models.clocks import Clock, ClockEvent, ClockKind, ClockRule
from lingzhi.cases.models.dispatch import DispatchSettings, Matter, ReturnReason, WorkOrder
from lingzhi.cases.models.flows import Flow, FlowVersion
from lingzhi.cases.models.numbering import Numbering, Serial
from lingzhi.cases.models.types import CaseType
from lingzhi.cases.models.urging import Supervision, Urge
from lingzhi.cases.models.visits import Rebooking, Visit, VisitPhoto

__all__ = [
    "CallBack",
    "Case",
    "CaseEvent",
    "CaseType",
    "Clock",
    "ClockEvent",
    "ClockKind",
    "ClockRule",
    "ContactSheet",
    "DispatchSettings",
    "Exclusion",
    "Flow",
    "FlowVersion",
    "HandOver",
    "MajorMatter",
    "Matter",
    "Numbering",
    "ProcessReview",
    "Rebooking",
    "ReturnReason",
    "Secrecy",
    "Serial",
    "Supervision",
    "Urge",
    "Visit",
    "VisitPhoto",
    "WorkOrder",
]
