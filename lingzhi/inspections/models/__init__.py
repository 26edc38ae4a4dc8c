"""What automatic and human inspection keep."""

from .judgements import Finding, Flag, Inspection, LiveFinding
from .plans import Draw, Plan, Task
from .policies import Policy, usual_levels
from .reviews import Pin, Review, ReviewChange, ReviewItem
from .rules import Rule, RuleVersion, Snapshot
from .runs import BackTest, BackTestPart, InspectionRun
from .sheets import Sheet, SheetVersion
from .trust import RuleLabel, RuleTrust, TrustMove, TrustPolicy
from .validity import ItemValidity

__all__ = [
    "BackTest", "BackTestPart", "Draw", "Finding", "Flag", "Inspection", "InspectionRun",
    "ItemValidity", "LiveFinding", "Pin", "Plan", "Policy", "Review", "ReviewChange", "ReviewItem",
    "Rule", "RuleLabel", "RuleTrust", "RuleVersion", "Sheet", "SheetVersion", "Snapshot", "Task",
    "TrustMove", "TrustPolicy", "usual_levels",
]  # fmt: skip
