"""What automatic and human inspection keep."""

from .judgements import Finding, Flag, Inspection, LiveFinding
from .plans import Draw, Plan, Task
from .policies import Policy, usual_levels
from .reviews import Pin, Review, ReviewChange, ReviewItem
from .rules import Rule, RuleVersion, Snapshot
from .runs import BackTest, BackTestPart, InspectionRun
from .sheets import Sheet, SheetVersion
from .tasks import Handover, Workload
from .watches import Watch, WatchNote

__all__ = [
    "BackTest", "BackTestPart", "Draw", "Finding", "Flag", "Handover", "Inspection",
    "InspectionRun", "LiveFinding", "Pin", "Plan", "Policy", "Review", "ReviewChange",
    "ReviewItem", "Rule", "RuleVersion", "Sheet", "SheetVersion", "Snapshot", "Task", "Watch",
    "WatchNote", "Workload", "usual_levels",
]  # fmt: skip
