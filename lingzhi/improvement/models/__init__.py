from lingzhi.improvement.models.analysis import Cause, Countermeasure
from lingzhi.improvement.models.effects import Effect, Verification
from lingzhi.improvement.models.plans import ImprovementPlan
from lingzhi.improvement.models.rectifications import Note, Rectification, Source
from lingzhi.improvement.models.rewards import Reward

__all__ = [
    "Cause",
    "Countermeasure",
    "Effect",
    "ImprovementPlan",
    "Note",
    "Rectification",
    "Reward",
    "Source",
    "Verification",
]
