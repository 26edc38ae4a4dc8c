"""What an operator declares about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from ..params import Param, Values
from ..pattern import pattern as patterns
from ..pattern.pattern import Pattern
from ..problems import FieldProblem
from ..scope import Scope
from ..specs import Phrases, Spec

Found = TypeVar("Found")


def unchanged(scope: Scope, values: Values) -> Scope:
    """The scope as written."""
    return scope


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator: its parameters and how they become a question for the engine.

    ``needs`` says what a conversation must have: text, timing, roles, metadata, records of other
    systems. ``locates`` is true when a hit points at turns. ``narrow`` adds the operator's own
    limits to the scope. Whether a hit can be told while the conversation goes on depends on the
    parameters: the question that is built says so (``Spec.settles``).
    """

    name: str
    summary: str
    params: tuple[Param, ...]
    build: Callable[[Values], Spec]
    needs: tuple[str, ...] = ("text",)
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


def expressions(sources: Iterable[str], values: Values) -> tuple[Pattern, ...]:
    """The expressions that an operator knows itself, folded as the rule wants it."""
    return tuple(patterns.expression(source, fold=values["fold"]) for source in sources)


def with_known(known: Iterable[Pattern], values: Values, *own: str) -> tuple[Pattern, ...]:
    """What is known here, unless ``known`` is switched off, and the rule's own.

    ``own`` names the parameters with the latter, words and pattern if left out. Raises a
    ``FieldProblem`` when there is nothing to look for.
    """
    own = own or ("words", "pattern")
    mine = (pattern for name in own for pattern in values[name])
    found = tuple(dict.fromkeys((*(known if values["known"] else ()), *mine)))
    return not_empty(found, "known", *own)


def kinds_with_known(known: Iterable[Phrases], values: Values) -> tuple[Phrases, ...]:
    """The same where what is known is a group for each kind; the rule's own is one more."""
    mine = (*values["words"], *values["pattern"])
    own = (Phrases(mine, name="words"),) if mine else ()
    found = (*(known if values["known"] else ()), *own)
    return not_empty(found, "kinds", "known", "words", "pattern")


def not_empty(found: tuple[Found, ...], *fields: str) -> tuple[Found, ...]:
    """``found``; raises a ``FieldProblem`` that names ``fields`` when there is nothing."""
    if not found:
        raise FieldProblem("needs_one_of", fields=", ".join(fields))
    return found
