"""Cases (工单), the flows they go through, and the clocks that run beside them."""

from lingzhi.cases.models.cases import Case, CaseEvent, HandOver
from lingzhi.cases.models.clocks import Clock, ClockEvent, ClockKind, ClockRule
from lingzhi.cases.models.flows import Flow, FlowVersion
from lingzhi.cases.models.imports import ImportedCase
from lingzhi.cases.models.numbering import Numbering, Serial
from lingzhi.cases.models.types import CaseType

__all__ = [
    "Case",
    "CaseEvent",
    "CaseType",
    "Clock",
    "ClockEvent",
    "ClockKind",
    "ClockRule",
    "Flow",
    "FlowVersion",
    "HandOver",
    "ImportedCase",
    "Numbering",
    "Serial",
]
