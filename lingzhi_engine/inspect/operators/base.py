"""What an operator declares about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ..params import Param, Values
from ..problems import FieldProblem
from ..scope import Scope
from ..specs import Spec


class Cost(StrEnum):
    """How much an operator costs: the plan judges cheap conditions of a rule first."""

    FIELD = "field"  # looks at columns of conversations
    TURNS = "turns"  # looks at columns of turns
    SCAN = "scan"  # shares the one scan of the text
    PAIRS = "pairs"  # compares turns with each other
    EACH = "each"  # is judged conversation by conversation


def unchanged(scope: Scope, values: Values) -> Scope:
    """The scope as written."""
    return scope


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator: its parameters and how they become a question for the engine.

    ``needs`` says what a conversation must have: text, timing, metadata, roles. ``channels`` is
    empty when it fits all. ``real_time`` is true when a hit can be given while the conversation
    goes on. ``locates`` is true when a hit points at turns. ``narrow`` adds limits of the
    operator's own to the scope.
    """

    name: str
    summary: str
    params: tuple[Param, ...]
    build: Callable[[Values], Spec]
    needs: tuple[str, ...] = ("text",)
    cost: Cost = Cost.SCAN
    channels: tuple[str, ...] = ()
    real_time: bool = True
    locates: bool = True
    narrow: Callable[[Scope, Values], Scope] = unchanged


FOLD = Param(
    "fold",
    "flag",
    "Simplified and traditional, full and half width, capital and small letters match each other.",
    default=True,
)
CASE = Param(
    "case_sensitive",
    "flag",
    "Capital and small letters do not match each other.",
    default=False,
)
MIN_HITS = Param(
    "min_hits", "integer", "How many matches there must be in all.", default=1, minimum=1
)
EXCLUDE = Param("exclude", "pattern", "A turn in which this is found does not count.", default=())


def needs_one(values: Values, *fields: str) -> None:
    """Raises a ``FieldProblem`` when none of ``fields`` was given."""
    if not any(values[field] for field in fields):
        raise FieldProblem("needs_one_of", fields=", ".join(fields))
