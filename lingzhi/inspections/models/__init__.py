"""What automatic and human inspection keep."""

from .alerts import Alert, AlertLimit
from .appeals import Appeal, AppealItem, AppealStep, AppealVote
from .calibrations import (
    Calibration,
    CalibrationComment,
    CalibrationDecision,
    CalibrationScore,
    CalibrationTalk,
    Calibrator,
)
from .closing import Coaching, LateScore, MonthClose
from .gates import Gate, GateCheck
from .grades import Grade, GradeCriteria
from .incidents import Behaviour, Incident, Severity, SupervisionRecord
from .joint import JointInspection, JointInspector, JointRecord
from .judgements import Finding, Flag, Inspection, LiveFinding
from .layouts import ExportLayout
from .library import TypicalCase
from .lots import Acceptance, Lot
from .old_scores import OldScore
from .plans import Draw, Plan, Task
from .policies import Policy, usual_levels
from .quality import AgentEstimate, Comparison, GoldStandard, InspectorEstimate, QualityEstimate
from .reviews import Photo, Pin, Review, ReviewChange, ReviewItem
from .rules import Rule, RuleVersion, Snapshot
from .runs import BackTest, BackTestPart, InspectionRun
from .sheets import Sheet, SheetVersion
from .tallies import CountedDay, DayTally
from .tasks import Handover, Workload
from .trust import RuleLabel, RuleTrust, TrustMove, TrustPolicy
from .validity import ItemValidity
from .watches import Watch, WatchNote

__all__ = [
    "Acceptance",
    "AgentEstimate",
    "Alert",
    "AlertLimit",
    "Appeal",
    "AppealItem",
    "AppealStep",
    "AppealVote",
    "BackTest",
    "BackTestPart",
    "Behaviour",
    "Calibration",
    "CalibrationComment",
    "CalibrationDecision",
    "CalibrationScore",
    "CalibrationTalk",
    "Calibrator",
    "Coaching",
    "Comparison",
    "CountedDay",
    "DayTally",
    "Draw",
    "ExportLayout",
    "Finding",
    "Flag",
    "Gate",
    "GateCheck",
    "GoldStandard",
    "Grade",
    "GradeCriteria",
    "Handover",
    "Incident",
    "Inspection",
    "InspectionRun",
    "InspectorEstimate",
    "ItemValidity",
    "JointInspection",
    "JointInspector",
    "JointRecord",
    "LateScore",
    "LiveFinding",
    "Lot",
    "MonthClose",
    "OldScore",
    "Photo",
    "Pin",
    "Plan",
    "Policy",
    "QualityEstimate",
    "Review",
    "ReviewChange",
    "ReviewItem",
    "Rule",
    "RuleLabel",
    "RuleTrust",
    "RuleVersion",
    "Severity",
    "Sheet",
    "SheetVersion",
    "Snapshot",
    "SupervisionRecord",
    "Task",
    "TrustMove",
    "TrustPolicy",
    "TypicalCase",
    "Watch",
    "WatchNote",
    "Workload",
    "usual_levels",
]  # fmt: skip
