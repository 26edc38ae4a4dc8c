"""What automatic and human inspection keep."""

from .calibrations import (
    Calibration,
    CalibrationComment,
    CalibrationDecision,
    CalibrationScore,
    CalibrationTalk,
    Calibrator,
)
from .judgements import Finding, Flag, Inspection, LiveFinding
from .plans import Draw, Plan, Task
from .policies import Policy, usual_levels
from .quality import (
    AgentEstimate,
    Comparison,
    GoldStandard,
    InspectorEstimate,
    QualityEstimate,
)
from .reviews import Pin, Review, ReviewChange, ReviewItem
from .rules import Rule, RuleVersion, Snapshot
from .runs import BackTest, BackTestPart, InspectionRun
from .sheets import Sheet, SheetVersion

__all__ = [
    "AgentEstimate", "BackTest", "BackTestPart", "Calibration", "CalibrationComment",
    "CalibrationDecision", "CalibrationScore", "CalibrationTalk", "Calibrator", "Comparison",
    "Draw", "Finding", "Flag", "GoldStandard", "Inspection", "InspectionRun", "InspectorEstimate",
    "LiveFinding", "Pin", "Plan", "Policy", "QualityEstimate", "Review", "ReviewChange",
    "ReviewItem", "Rule", "RuleVersion", "Sheet", "SheetVersion", "Snapshot", "Task",
    "usual_levels",
]  # fmt: skip
