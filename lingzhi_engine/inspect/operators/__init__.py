"""The operators, listed one by one: what is not in this tuple does not exist."""

from __future__ import annotations

from collections.abc import Mapping

from . import (
    conv_closing,
    conv_if_then,
    conv_opening,
    conv_role,
    conv_sequence,
    forbidden_promise,
    history_complaint,
    history_repeat_contact,
    meta_compare,
    meta_field,
    pii_disclosed,
    screen_event,
    sla_breach,
    survey_score,
    text_count,
    text_entity,
    text_expr,
    text_keyword,
    text_language,
    text_length,
    text_near,
    text_pinyin,
    text_politeness,
    text_regex,
    text_repeat,
    text_script,
    text_similar,
    text_wordset,
    time_duration,
    time_response,
    time_silence,
    voice_rate,
)
from .base import Cost, Operator

_ALL = (
    text_keyword.OPERATOR,
    text_expr.OPERATOR,
    text_regex.OPERATOR,
    text_pinyin.OPERATOR,
    text_near.OPERATOR,
    text_similar.OPERATOR,
    text_wordset.OPERATOR,
    text_script.OPERATOR,
    text_repeat.OPERATOR,
    text_entity.OPERATOR,
    text_length.OPERATOR,
    text_count.OPERATOR,
    text_politeness.OPERATOR,
    text_language.OPERATOR,
    time_silence.OPERATOR,
    time_response.OPERATOR,
    time_duration.OPERATOR,
    voice_rate.OPERATOR,
    conv_opening.OPERATOR,
    conv_closing.OPERATOR,
    conv_sequence.OPERATOR,
    conv_if_then.OPERATOR,
    conv_role.OPERATOR,
    meta_field.OPERATOR,
    meta_compare.OPERATOR,
    history_repeat_contact.OPERATOR,
    history_complaint.OPERATOR,
    survey_score.OPERATOR,
    sla_breach.OPERATOR,
    screen_event.OPERATOR,
    pii_disclosed.OPERATOR,
    forbidden_promise.OPERATOR,
)
OPERATORS: Mapping[str, Operator] = {operator.name: operator for operator in _ALL}

__all__ = ["OPERATORS", "Cost", "Operator"]
