"""What automatic and human inspection keep."""

from .appeals import Appeal, AppealItem, AppealStep, AppealVote
from .judgements import Finding, Flag, Inspection, LiveFinding
from .library import TypicalCase
from .plans import Draw, Plan, Task
from .policies import Policy, usual_levels
from .reviews import Pin, Review, ReviewChange, ReviewItem
from .rules import Rule, RuleVersion, Snapshot
from .runs import BackTest, BackTestPart, InspectionRun
from .sheets import Sheet, SheetVersion

__all__ = [
    "Appeal", "AppealItem", "AppealStep", "AppealVote", "BackTest", "BackTestPart", "Draw",
    "Finding", "Flag", "Inspection", "InspectionRun", "LiveFinding", "Pin", "Plan", "Policy",
    "Review", "ReviewChange", "ReviewItem", "Rule", "RuleVersion", "Sheet", "SheetVersion",
    "Snapshot", "Task", "TypicalCase", "usual_levels",
]  # fmt: skip
