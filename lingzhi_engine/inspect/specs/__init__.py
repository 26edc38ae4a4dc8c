"""What operators come down to: a few kinds of question, each with its exact meaning."""

from __future__ import annotations

from .base import Idle, Phrases, Spec
from .calls import ColdTransfer, HangUp, OneSided, Recorded
from .fields import Compare, Field
from .order import ROUNDING, IfThen, Script, Steps
from .records import Earlier, Overrun, Score, ScreenEvent
from .texts import Language, Length, Letters, Politeness, Similar
from .times import (
    Amount,
    Duration,
    Rate,
    RelativeRate,
    Response,
    Silence,
    SilenceToEnd,
    SilenceTotal,
)
from .together import Together
from .voice import Emotion, EmotionChange, Energy, Overlap, TalkRatio
from .words import Find, Near, Repeat, WordLogic

__all__ = [
    "ROUNDING",
    "Amount",
    "ColdTransfer",
    "Compare",
    "Duration",
    "Earlier",
    "Emotion",
    "EmotionChange",
    "Energy",
    "Field",
    "Find",
    "HangUp",
    "Idle",
    "IfThen",
    "Language",
    "Length",
    "Letters",
    "Near",
    "OneSided",
    "Overlap",
    "Overrun",
    "Phrases",
    "Politeness",
    "Rate",
    "Recorded",
    "RelativeRate",
    "Repeat",
    "Response",
    "Score",
    "ScreenEvent",
    "Script",
    "Silence",
    "SilenceToEnd",
    "SilenceTotal",
    "Similar",
    "Spec",
    "Steps",
    "TalkRatio",
    "Together",
    "WordLogic",
]
