"""Cases (工单), the flows they go through, and the clocks that run beside them."""

from lingzhi.cases.models.blames import Blame
from lingzhi.cases.models.cases import Case, CaseEvent, HandOver
from lingzhi.cases.models.causes import Cause
from lingzhi.cases.models.clocks import Clock, ClockEvent, ClockKind, ClockRule
from lingzhi.cases.models.complaints import Complaint, Extension, Grade
from lingzhi.cases.models.disputes import Dispute, DisputePaper
from lingzhi.cases.models.duties import Consulted, Duty
from lingzhi.cases.models.flows import Flow, FlowVersion
from lingzhi.cases.models.goods import Goods, GoodsReturn, ReturnStep
from lingzhi.cases.models.numbering import Numbering, Serial
from lingzhi.cases.models.paper import FormTemplate, PaperForm, PaperSection
from lingzhi.cases.models.remedies import Authority, Remedy
from lingzhi.cases.models.types import CaseType

__all__ = [
    "Authority",
    "Blame",
    "Case",
    "CaseEvent",
    "CaseType",
    "Cause",
    "Clock",
    "ClockEvent",
    "ClockKind",
    "ClockRule",
    "Complaint",
    "Consulted",
    "Dispute",
    "DisputePaper",
    "Duty",
    "Extension",
    "Flow",
    "FlowVersion",
    "FormTemplate",
    "Goods",
    "GoodsReturn",
    "Grade",
    "HandOver",
    "Numbering",
    "PaperForm",
    "PaperSection",
    "Remedy",
    "ReturnStep",
    "Serial",
]
