"""Cases (工单), the flows they go through, and the clocks that run beside them."""

from lingzhi.cases.models.calendars import CalendarVersion
from lingzhi.cases.models.cases import Case, CaseEvent, HandOver
from lingzhi.cases.models.clocks import Clock, ClockEvent, ClockKind, ClockRule
from lingzhi.cases.models.escalation import (
    Alarm,
    AlarmTold,
    EscalationRule,
    QuietHours,
    Reaction,
)
from lingzhi.cases.models.extensions import Extension
from lingzhi.cases.models.flows import Flow, FlowVersion
from lingzhi.cases.models.numbering import Numbering, Serial
from lingzhi.cases.models.targets import ClockTarget
from lingzhi.cases.models.types import CaseType

__all__ = [
    "Alarm",
    "AlarmTold",
    "CalendarVersion",
    "Case",
    "CaseEvent",
    "CaseType",
    "Clock",
    "ClockEvent",
    "ClockKind",
    "ClockRule",
    "ClockTarget",
    "EscalationRule",
    "Extension",
    "Flow",
    "FlowVersion",
    "HandOver",
    "Numbering",
    "QuietHours",
    "Reaction",
    "Serial",
]
