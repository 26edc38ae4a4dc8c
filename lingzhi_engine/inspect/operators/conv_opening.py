"""``conv.opening``: something is said at the beginning (开场)."""

from __future__ import annotations

from dataclasses import replace

from ..params import Param, Values
from ..scope import Scope
from ..specs import Find, Phrases
from .base import FOLD, Operator, needs_one


def build(values: Values) -> Find:
    """Any of the words or expressions, or each of them."""
    needs_one(values, "words", "pattern")
    found = (*values["words"], *values["pattern"])
    if values["mode"] == "all":
        return Find(tuple(Phrases((p,), name=p.source) for p in found), needed=len(found))
    return Find((Phrases(found, name=found[0].source),))


def narrow(scope: Scope, values: Values) -> Scope:
    """The first turns of the scope's roles."""
    return replace(scope, windows=(*scope.windows, (1, values["turns"])))


def params(where: str) -> tuple[Param, ...]:
    """The parameters an opening and a closing have in common."""
    return (
        Param("words", "words", "Words, taken literally.", default=()),
        Param("pattern", "pattern", "Regular expressions.", default=()),
        Param(
            "mode",
            "choice",
            "Whether one of them is enough or all must be said.",
            default="any",
            choices=("any", "all"),
        ),
        Param("turns", "integer", f"How many {where} turns count.", default=3, minimum=1),
        FOLD,
    )


OPERATOR = Operator(
    name="conv.opening",
    summary="Something is said in the first turns of the scope's role.",
    params=params("first"),
    build=build,
    narrow=narrow,
)
