"""``model.classifier``: what a classifier of one's own says (自学习模型)."""

from __future__ import annotations

from .base import Operator
from .classifying import build_by, params

OPERATOR = Operator(
    name="model.classifier",
    summary="A classifier trained on one's own examples gives one of the labels.",
    params=params("labels", None),
    build=build_by("labels"),
    needs=("text", "model"),
)
