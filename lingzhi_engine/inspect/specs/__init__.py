"""What operators come down to: a few kinds of question, each with its exact meaning."""

from __future__ import annotations

from .answers import Unanswered
from .base import Idle, Phrases, Spec
from .duties import Handover, Promise, Verified
from .calls import ColdTransfer, HangUp, OneSided, Recorded
from .facts import Agreement, Echo
from .fields import Compare, Field
from .meaning import Certainty, Classified, Judged, Knowledge, Mood
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
    "Promise",
    "Handover",
    "Verified",
    "ROUNDING",
    "Agreement",
    "Amount",
    "Certainty",
    "Classified",
    "ColdTransfer",
    "Compare",
    "Duration",
    "Earlier",
    "Emotion",
    "EmotionChange",
    "Energy",
    "Echo",
    "Field",
    "Find",
    "HangUp",
    "Idle",
    "IfThen",
    "Judged",
    "Knowledge",
    "Language",
    "Length",
    "Letters",
    "Mood",
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
    "Unanswered",
    "WordLogic",
]
