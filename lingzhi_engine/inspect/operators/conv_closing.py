"""``conv.closing``: something is said at the end (结束语)."""

from __future__ import annotations

from dataclasses import replace

from ..params import Values
from ..scope import Scope
from .base import Operator
from .conv_opening import build, params


def narrow(scope: Scope, values: Values) -> Scope:
    """The last turns of the scope's roles."""
    return replace(scope, windows=(*scope.windows, (-values["turns"], None)))


OPERATOR = Operator(
    name="conv.closing",
    summary="Something is said in the last turns of the scope's role.",
    params=params("last"),
    build=build,
    narrow=narrow,
)
