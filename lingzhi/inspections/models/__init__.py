"""What automatic and human inspection keep."""

from .judgements import Finding, Flag, Inspection, LiveFinding
from .reviews import Pin, Review, ReviewChange, ReviewItem
from .rules import Rule, RuleVersion, Snapshot
from .runs import BackTest, BackTestPart, InspectionRun
from .sheets import Sheet, SheetVersion

__all__ = [
    "BackTest", "BackTestPart", "Finding", "Flag", "Inspection", "InspectionRun", "LiveFinding",
    "Pin", "Review", "ReviewChange", "ReviewItem", "Rule", "RuleVersion", "Sheet", "SheetVersion",
    "Snapshot",
]  # fmt: skip
