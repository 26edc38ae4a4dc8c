"""What automatic and human inspection keep."""

from .gates import Gate, GateCheck
from .grades import Grade, GradeCriteria
from .incidents import Behaviour, Incident, Severity, SupervisionRecord
from .joint import JointInspection, JointInspector, JointRecord
from .judgements import Finding, Flag, Inspection, LiveFinding
from .layouts import ExportLayout
from .old_scores import OldScore
from .plans import Draw, Plan, Task
from .policies import Policy, usual_levels
from .reviews import Pin, Review, ReviewChange, ReviewItem
from .rules import Rule, RuleVersion, Snapshot
from .runs import BackTest, BackTestPart, InspectionRun
from .sheets import Sheet, SheetVersion

__all__ = [
    "BackTest", "BackTestPart", "Behaviour", "Draw", "ExportLayout", "Finding", "Flag", "Gate",
    "GateCheck", "Grade", "GradeCriteria", "Incident", "Inspection", "InspectionRun",
    "JointInspection", "JointInspector", "JointRecord", "LiveFinding", "OldScore", "Pin",
    "Plan", "Policy", "Review", "ReviewChange", "ReviewItem", "Rule", "RuleVersion", "Severity",
    "Sheet", "SheetVersion", "Snapshot", "SupervisionRecord", "Task", "usual_levels",
]  # fmt: skip
