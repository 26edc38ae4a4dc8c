"""Cases (工单), the flows they go through, and the clocks that run beside them."""

from lingzhi.cases.models.afterwards import ContactSheet, MajorMatter, ProcessReview
from lingzhi.cases.models.beside import CaseFile, Watcher
from lingzhi.cases.models.blames import Blame
from lingzhi.cases.models.calendars import CalendarVersion
from lingzhi.cases.models.call_backs import CallBack, Exclusion, Secrecy
from lingzhi.cases.models.cases import Case, CaseEvent, HandOver
from lingzhi.cases.models.causes import Cause
from lingzhi.cases.models.channels import ComplaintChannel
from lingzhi.cases.models.clocks import Clock, ClockEvent, ClockKind, ClockRule
from lingzhi.cases.models.complaints import Complaint, Deferral, Grade
from lingzhi.cases.models.confirmations import Confirmation
from lingzhi.cases.models.dictionaries import DictionaryEntry, DictionaryKind, DictionaryRule
from lingzhi.cases.models.dispatch import DispatchSettings, Matter, ReturnReason, WorkOrder
from lingzhi.cases.models.disputes import Dispute, DisputePaper
from lingzhi.cases.models.duties import Consulted, Duty
from lingzhi.cases.models.escalation import (
    Alarm,
    AlarmTold,
    EscalationRule,
    Reaction,
)
from lingzhi.cases.models.extensions import Extension
from lingzhi.cases.models.feedback import Feedback
from lingzhi.cases.models.fields import CaseField
from lingzhi.cases.models.flows import Flow, FlowVersion
from lingzhi.cases.models.follow_ups import FollowUp, FollowUpResult, FollowUpRule, FollowUpTry
from lingzhi.cases.models.forum import ForumDuty, ForumPost
from lingzhi.cases.models.goods import Goods, GoodsReturn, ReturnStep
from lingzhi.cases.models.imports import ImportedCase
from lingzhi.cases.models.links import CaseLink, CaseMerge
from lingzhi.cases.models.numbering import Numbering, Serial
from lingzhi.cases.models.paper import FormTemplate, PaperForm, PaperSection
from lingzhi.cases.models.receptions import Reception, ReceptionPolicy, ReceptionStep
from lingzhi.cases.models.recognition import (
    LearnedModel,
    Recognition,
    RecognitionRule,
    RecognitionSettings,
)
from lingzhi.cases.models.remedies import Authority, Remedy
from lingzhi.cases.models.replies import ReplyTemplate
from lingzhi.cases.models.scripts import FollowUpScript, ScriptVersion
from lingzhi.cases.models.steering import Steering
from lingzhi.cases.models.summaries import Improvement, Summary, SummarySettings
from lingzhi.cases.models.targets import ClockTarget
from lingzhi.cases.models.types import CaseType
from lingzhi.cases.models.urging import Supervision, Urge
from lingzhi.cases.models.visits import Rebooking, Visit, VisitPhoto

__all__ = [
    "Alarm",
    "AlarmTold",
    "Authority",
    "Blame",
    "CalendarVersion",
    "CallBack",
    "Case",
    "CaseEvent",
    "CaseField",
    "CaseFile",
    "CaseLink",
    "CaseMerge",
    "CaseType",
    "Cause",
    "Clock",
    "ClockEvent",
    "ClockKind",
    "ClockRule",
    "ClockTarget",
    "Complaint",
    "ComplaintChannel",
    "Confirmation",
    "Consulted",
    "ContactSheet",
    "Deferral",
    "DictionaryEntry",
    "DictionaryKind",
    "DictionaryRule",
    "DispatchSettings",
    "Dispute",
    "DisputePaper",
    "Duty",
    "EscalationRule",
    "Exclusion",
    "Extension",
    "Feedback",
    "Flow",
    "FlowVersion",
    "FollowUp",
    "FollowUpResult",
    "FollowUpRule",
    "FollowUpScript",
    "FollowUpTry",
    "FormTemplate",
    "ForumDuty",
    "ForumPost",
    "Goods",
    "GoodsReturn",
    "Grade",
    "HandOver",
    "ImportedCase",
    "Improvement",
    "LearnedModel",
    "MajorMatter",
    "Matter",
    "Numbering",
    "PaperForm",
    "PaperSection",
    "ProcessReview",
    "Reaction",
    "Rebooking",
    "Reception",
    "ReceptionPolicy",
    "ReceptionStep",
    "Recognition",
    "RecognitionRule",
    "RecognitionSettings",
    "Remedy",
    "ReplyTemplate",
    "ReturnReason",
    "ReturnStep",
    "ScriptVersion",
    "Secrecy",
    "Serial",
    "Steering",
    "Summary",
    "SummarySettings",
    "Supervision",
    "Urge",
    "Visit",
    "VisitPhoto",
    "Watcher",
    "WorkOrder",
]
