"""``model.intent``: what the customer wants (意图)."""

from __future__ import annotations

from dataclasses import replace

from ..params import Values
from ..scope import Scope
from .base import Operator
from .classifying import build_by, params


def narrow(scope: Scope, values: Values) -> Scope:
    """The customer's turns, unless the rule names other roles."""
    return scope if scope.roles else replace(scope, roles=("customer",))


OPERATOR = Operator(
    name="model.intent",
    summary="The customer wants one of the things that a trained classifier tells apart.",
    params=params("intents", "intent"),
    build=build_by("intents"),
    needs=("text", "roles", "model"),
    narrow=narrow,
)
