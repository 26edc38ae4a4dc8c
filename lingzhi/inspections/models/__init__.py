"""What automatic and human inspection keep."""

from .closing import Coaching, MonthClose
from .judgements import Finding, Flag, Inspection, LiveFinding
from .plans import Draw, Plan, Task
from .policies import Policy, usual_levels
from .reviews import Photo, Pin, Review, ReviewChange, ReviewItem
from .rules import Rule, RuleVersion, Snapshot
from .runs import BackTest, BackTestPart, InspectionRun
from .sheets import Sheet, SheetVersion
from .tasks import Handover, Workload

__all__ = [
    "BackTest", "BackTestPart", "Coaching", "Draw", "Finding", "Flag", "Handover", "Inspection",
    "InspectionRun", "LiveFinding", "MonthClose", "Photo", "Pin", "Plan", "Policy", "Review",
    "ReviewChange", "ReviewItem", "Rule", "RuleVersion", "Sheet", "SheetVersion", "Snapshot",
    "Task", "Workload", "usual_levels",
]  # fmt: skip
