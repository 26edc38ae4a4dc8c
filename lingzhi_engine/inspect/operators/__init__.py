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
    meta_field,
    pii_disclosed,
    text_count,
    text_entity,
    text_expr,
    text_keyword,
    text_near,
    text_regex,
    text_repeat,
    text_script,
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
    text_near.OPERATOR,
    text_wordset.OPERATOR,
    text_script.OPERATOR,
    text_repeat.OPERATOR,
    text_entity.OPERATOR,
    text_count.OPERATOR,
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
    pii_disclosed.OPERATOR,
    forbidden_promise.OPERATOR,
)
OPERATORS: Mapping[str, Operator] = {operator.name: operator for operator in _ALL}

__all__ = ["OPERATORS", "Cost", "Operator"]
