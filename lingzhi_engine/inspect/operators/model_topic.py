"""``model.topic``: what the conversation is about (主题)."""

from __future__ import annotations

from .base import Operator
from .classifying import build_by, params

OPERATOR = Operator(
    name="model.topic",
    summary="The conversation is about one of the topics that a trained classifier tells apart.",
    params=params("topics", "topic", per="conversation"),
    build=build_by("topics"),
    needs=("text", "model"),
)
