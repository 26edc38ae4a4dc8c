"""What operators come down to: a few kinds of question, each with its exact meaning."""

from __future__ import annotations

from .base import Idle, Phrases, Spec
from .fields import Field
from .order import ROUNDING, IfThen, Script, Steps
from .times import Amount, Duration, Rate, Response, Silence
from .words import Find, Near, Repeat, WordLogic

__all__ = [
    "ROUNDING",
    "Amount",
    "Duration",
    "Field",
    "Find",
    "Idle",
    "IfThen",
    "Near",
    "Phrases",
    "Rate",
    "Repeat",
    "Response",
    "Script",
    "Silence",
    "Spec",
    "Steps",
    "WordLogic",
]
