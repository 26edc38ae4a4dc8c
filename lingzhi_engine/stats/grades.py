"""A grade from a figure, that does not change with every small movement (服务质量等级)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple


class GradeBasis(StrEnum):
    """Why somebody has the grade."""

    FIRST = "first"
    ROSE = "rose"
    FELL = "fell"
    HELD = "held"
    TOO_FEW = "too-few"


class Graded(NamedTuple):
    """The grade, None while there never was enough to give one, and why."""

    grade: str | None
    basis: GradeBasis


@dataclass(frozen=True, slots=True)
class GradeScale:
    """Grades with the lowest figure of each, best first; a higher figure is better.

    The last grade takes all that is lower; its own lowest figure says nothing. To rise a figure
    must reach the cut by ``margin`` more, to fall it must miss it by more than ``margin``. Fewer
    than ``minimum`` observations change nothing. Raises ValueError unless cuts fall.
    """

    cuts: tuple[tuple[str, float], ...]
    margin: float = 0.0
    minimum: int = 1

    def __post_init__(self) -> None:
        lowest = [cut for _, cut in self.cuts]
        names = [name for name, _ in self.cuts]
        if not names or len(set(names)) != len(names):
            raise ValueError("a scale has grades, each once")
        if any(better <= worse for better, worse in pairwise(lowest)):
            raise ValueError(f"cuts must fall from grade to grade: {lowest}")
        if self.margin < 0:
            raise ValueError(f"margin must not be negative: {self.margin}")

    def place(self, figure: float, ease: float = 0.0) -> int:
        """The place of the best grade whose cut, less ``ease``, the figure reaches; 0 is best."""
        reached = (one for one, (_, cut) in enumerate(self.cuts) if figure >= cut - ease)
        return next(reached, len(self.cuts) - 1)


def grade(figure: float | None, n: int, scale: GradeScale, *, before: str | None = None) -> Graded:
    """The grade of a ``figure`` from ``n`` observations, for somebody who had ``before``.

    A ``before`` that the scale does not have counts as none.
    """
    names = [name for name, _ in scale.cuts]
    held = names.index(before) if before in names else None
    if figure is None or n < scale.minimum:
        return Graded(None if held is None else before, GradeBasis.TOO_FEW)
    if held is None:
        return Graded(names[scale.place(figure)], GradeBasis.FIRST)
    if (risen := scale.place(figure, -scale.margin)) < held:
        return Graded(names[risen], GradeBasis.ROSE)
    if scale.place(figure, scale.margin) > held:
        return Graded(names[scale.place(figure)], GradeBasis.FELL)
    return Graded(before, GradeBasis.HELD)
