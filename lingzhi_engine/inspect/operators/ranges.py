"""Ranges of figures: the unit is part of the parameters' names, and says what is measured."""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem
from .base import needs_one

Limits = tuple[float | None, float | None]


def limits(values: Values, unit: str, *others: str) -> Limits:
    """The ends of the range in ``unit``; one is needed, and none in the ``others`` may be given.

    A unit is the tail of the parameters' names: ``_ms``, ``_percent``, ``_db``, or nothing.
    """
    low, high = f"min{unit}", f"max{unit}"
    for name in (end for other in others for end in (f"min{other}", f"max{other}")):
        if values[name] is not None:
            raise FieldProblem("conflict", fields=f"{name}, {low}, {high}")
    needs_one({name: values[name] is not None for name in (low, high)}, low, high)
    return values[low], values[high]


def has(values: Values, unit: str) -> bool:
    """Whether an end of the range in ``unit`` is given."""
    return values[f"min{unit}"] is not None or values[f"max{unit}"] is not None


def ends(unit: str, of: str, minimum: float | None = 0) -> tuple[Param, Param]:
    """The two ends of a range; ``of`` says of what, and in which unit."""
    return (
        Param(f"min{unit}", "number", f"A hit from this on: {of}.", minimum=minimum),
        Param(f"max{unit}", "number", f"A hit up to this: {of}.", minimum=minimum),
    )
