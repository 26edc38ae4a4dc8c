"""What one condition says about one conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..model import Condition, Conversation
from ..specs import (
    Amount,
    Duration,
    Field,
    Find,
    IfThen,
    Near,
    Rate,
    Repeat,
    Response,
    Script,
    Silence,
    Steps,
    WordLogic,
)
from . import data, structure, text, time
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
}
