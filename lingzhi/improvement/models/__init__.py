from lingzhi.improvement.models.analysis import Cause, Countermeasure
from lingzhi.improvement.models.effects import Effect, Verification
from lingzhi.improvement.models.rectifications import Note, Rectification, Source

__all__ = [
    "Cause",
    "Countermeasure",
    "Effect",
    "Note",
    "Rectification",
    "Source",
    "Verification",
]
