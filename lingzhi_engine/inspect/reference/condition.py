"""What one condition says about one conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..meaning.asking import OWN, Asking
from ..model import Condition, Conversation
from ..specs import (
    Agreement,
    Amount,
    Claim,
    Classified,
    ColdTransfer,
    Compare,
    Duration,
    Earlier,
    Echo,
    Emotion,
    EmotionChange,
    Energy,
    Field,
    Find,
    Flow,
    Handover,
    HangUp,
    IfThen,
    InTickets,
    Judged,
    Knowledge,
    Language,
    Length,
    Letters,
    Measured,
    Mood,
    Near,
    OneSided,
    Overlap,
    Overrun,
    Politeness,
    Promise,
    Rate,
    RelativeRate,
    Repeat,
    Response,
    Score,
    ScreenEvent,
    Script,
    Silence,
    SilenceToEnd,
    SilenceTotal,
    Similar,
    Stages,
    Steps,
    TalkRatio,
    Together,
    Unanswered,
    Verified,
    WordLogic,
)
from . import (
    answers,
    calls,
    data,
    duties,
    facts,
    flow,
    knowledge,
    meaning,
    records,
    structure,
    text,
    texts,
    tickets,
    time,
    together,
    voice,
)
from .scope import Result, Undecided
from .view import View


def judge(
    condition: Condition,
    conversation: Conversation,
    results: Mapping[str, Result],
    asking: Asking = OWN,
) -> Result:
    """The result of ``condition``; ``results`` holds those of the conditions it hangs on."""
    view = View(conversation, condition.scope, results, asking=asking)
    try:
        return QUESTIONS[type(condition.spec)](condition.spec, view)
    except Undecided as undecided:
        return undecided.result


QUESTIONS: Mapping[type, Callable[[Any, View], Result]] = {
    Find: text.find,
    Together: together.together,
    Unanswered: answers.unanswered,
    Echo: facts.echo,
    Agreement: facts.agreement,
    Similar: texts.similar,
    Length: texts.length,
    Language: texts.language_of,
    Letters: texts.letters,
    Politeness: texts.politeness,
    WordLogic: text.word_logic,
    Near: text.near,
    Repeat: text.repeat,
    Script: structure.script,
    Steps: structure.steps,
    IfThen: structure.if_then,
    Silence: time.silence,
    SilenceToEnd: time.silence,
    SilenceTotal: time.silence_total,
    Response: time.response,
    Duration: time.duration,
    Rate: time.rate,
    RelativeRate: time.rate,
    TalkRatio: voice.talk_ratio,
    Overlap: voice.overlap,
    Energy: voice.energy,
    Emotion: voice.emotion,
    EmotionChange: voice.emotion_change,
    Measured: calls.measured,
    HangUp: calls.hang_up,
    ColdTransfer: calls.cold_transfer,
    OneSided: calls.one_sided,
    Amount: data.amount,
    Mood: meaning.mood,
    Classified: meaning.classified,
    Judged: meaning.judged,
    Knowledge: knowledge.knowledge,
    Field: data.field,
    Compare: data.compare,
    Earlier: records.earlier,
    Score: records.score,
    Overrun: records.overrun,
    ScreenEvent: records.screen_event,
    Verified: duties.verified,
    Handover: duties.handover,
    Promise: duties.promise,
    Claim: tickets.claim,
    InTickets: tickets.recorded,
    Flow: flow.flow,
    Stages: flow.stages,
}
