"""What automatic and human inspection keep."""

from .judgements import Finding, Flag, Inspection, LiveFinding
from .rules import Rule, RuleVersion, Snapshot
from .runs import BackTest, BackTestPart, InspectionRun
from .sheets import Sheet, SheetVersion

__all__ = [
    "BackTest", "BackTestPart", "Finding", "Flag", "Inspection", "InspectionRun", "LiveFinding",
    "Rule", "RuleVersion", "Sheet", "SheetVersion", "Snapshot",
]  # fmt: skip
