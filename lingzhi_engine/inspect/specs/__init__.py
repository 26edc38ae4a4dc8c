"""What operators come down to: a few kinds of question, each with its exact meaning."""

from __future__ import annotations

from .answers import Unanswered
from .base import Idle, Phrases, Spec
from .calls import ColdTransfer, HangUp, Measured, OneSided
from .duties import Handover, Promise, Verified
from .facts import Agreement, Echo
from .fields import Compare, Field
from .flow import Edge, Flow, Node, Stages
from .meaning import Certainty, Classified, Judged, Knowledge, Mood
from .order import ROUNDING, IfThen, Script, Steps
from .records import Claim, Earlier, InTickets, Overrun, Score, ScreenEvent
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
from .together import LogicTogether, Together
from .voice import Emotion, EmotionChange, Energy, Overlap, TalkRatio
from .words import Find, Near, Repeat, WordLogic

__all__ = [
    "ROUNDING",
    "Agreement",
    "Amount",
    "Certainty",
    "Claim",
    "Classified",
    "ColdTransfer",
    "Compare",
    "Duration",
    "Earlier",
    "Echo",
    "Edge",
    "Emotion",
    "EmotionChange",
    "Energy",
    "Field",
    "Find",
    "Flow",
    "Handover",
    "HangUp",
    "Idle",
    "IfThen",
    "InTickets",
    "Judged",
    "Knowledge",
    "Language",
    "Length",
    "Letters",
    "LogicTogether",
    "Measured",
    "Mood",
    "Near",
    "Node",
    "OneSided",
    "Overlap",
    "Overrun",
    "Phrases",
    "Politeness",
    "Promise",
    "Rate",
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
    "Stages",
    "Steps",
    "TalkRatio",
    "Together",
    "Unanswered",
    "Verified",
    "WordLogic",
]
