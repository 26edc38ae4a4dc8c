"""What one condition says about one conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..model import Condition, Conversation
from ..specs import (
    Amount,
    Compare,
    Duration,
    Earlier,
    Field,
    Find,
    IfThen,
    Language,
    Length,
    Letters,
    Near,
    Overrun,
    Politeness,
    Rate,
    Repeat,
    Response,
    Score,
    ScreenEvent,
    Script,
    Silence,
    Similar,
    Steps,
    Together,
    WordLogic,
)
from . import data, records, structure, text, texts, time, together
from .scope import Result, Undecided
from .view import View


def judge(
    condition: Condition, conversation: Conversation, results: Mapping[str, Result]
) -> Result:
    """The result of ``condition``; ``results`` holds those of the conditions it hangs on."""
    view = View(conversation, condition.scope, results)
    try:
        return QUESTIONS[type(condition.spec)](condition.spec, view)
    except Undecided as undecided:
        return undecided.result


QUESTIONS: Mapping[type, Callable[[Any, View], Result]] = {
    Find: text.find,
    Together: together.together,
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
    Response: time.response,
    Duration: time.duration,
    Rate: time.rate,
    Amount: data.amount,
    Field: data.field,
    Compare: data.compare,
    Earlier: records.earlier,
    Score: records.score,
    Overrun: records.overrun,
    ScreenEvent: records.screen_event,
}
