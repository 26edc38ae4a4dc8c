"""Who judges which kind of question."""

from __future__ import annotations

from collections.abc import Callable

from .. import specs
from ..reference import duties, flow, records, tickets
from . import (
    answers,
    calls,
    data,
    each,
    emotion,
    facts,
    find,
    if_then,
    meaning,
    near,
    order,
    repeat,
    silence,
    similar,
    texts,
    time,
    together,
    verified,
    voice,
    words,
)
from .outcome import Outcome
from .question import Asked


def judge(asked: Asked) -> Outcome:
    """The outcome of the question."""
    return JUDGES[type(asked.spec)](asked)


def _find(a: Asked) -> Outcome:
    return find.judge(a.spec, a.scene, a.mask, a.lacks, a.question.scope.quantifier)


def _word_logic(a: Asked) -> Outcome:
    return words.judge(a.spec, a.scene, a.mask, a.lacks, a.question.scope.quantifier)


def _near(a: Asked) -> Outcome:
    one, other = a.places
    return near.judge(a.spec, a.scene, one, other, a.lacks)


JUDGES: dict[type[specs.Spec], Callable[[Asked], Outcome]] = {
    specs.Find: _find,
    specs.Together: together.judge,
    specs.LogicTogether: together.logic,
    specs.Unanswered: answers.unanswered,
    specs.Echo: facts.echo,
    specs.Agreement: facts.agreement,
    specs.Similar: similar.judge,
    specs.Length: texts.length,
    specs.Language: texts.language,
    specs.Letters: texts.letters,
    specs.Politeness: texts.politeness,
    specs.WordLogic: _word_logic,
    specs.Near: _near,
    specs.Repeat: lambda a: repeat.judge(a.spec, a.scene, a.mask, a.lacks),
    specs.Script: lambda a: order.script(a.spec, a.scene, a.places, a.lacks),
    specs.Steps: lambda a: order.steps(a.spec, a.scene, a.places, a.lacks),
    specs.IfThen: if_then.judge,
    specs.Silence: silence.silence,
    specs.SilenceToEnd: silence.silence,
    specs.SilenceTotal: silence.total,
    specs.Response: lambda a: time.response(a.spec, a.scene, a.mask, a.lacks),
    specs.Duration: lambda a: time.duration(a.spec, a.scene),
    specs.Rate: time.rate,
    specs.RelativeRate: time.rate,
    specs.TalkRatio: voice.talk_ratio,
    specs.Overlap: voice.overlap,
    specs.Energy: voice.energy,
    specs.Emotion: emotion.emotion,
    specs.EmotionChange: emotion.change,
    specs.Measured: calls.measured,
    specs.HangUp: calls.hang_up,
    specs.ColdTransfer: calls.cold_transfer,
    specs.OneSided: calls.one_sided,
    specs.Amount: lambda a: time.amount(a.spec, a.scene, a.mask, a.lacks),
    specs.Mood: meaning.mood,
    specs.Classified: meaning.classified,
    specs.Judged: meaning.judged,
    specs.Knowledge: meaning.knowledge,
    specs.Field: lambda a: data.field(a.spec, a.scene),
    specs.Compare: lambda a: data.compare(a.spec, a.scene),
    specs.Earlier: lambda a: each.judge(a, records.earlier),
    specs.Score: lambda a: each.judge(a, records.score),
    specs.Overrun: lambda a: each.judge(a, records.overrun),
    specs.ScreenEvent: lambda a: each.judge(a, records.screen_event),
    specs.Handover: lambda a: each.judge(a, duties.handover),
    specs.Promise: lambda a: each.judge(a, duties.promise),
    specs.Verified: verified.judge,
    specs.Claim: lambda a: each.judge(a, tickets.claim),
    specs.InTickets: lambda a: each.judge(a, tickets.recorded),
    specs.Flow: lambda a: each.judge(a, flow.flow),
    specs.Stages: lambda a: each.judge(a, flow.stages),
}
