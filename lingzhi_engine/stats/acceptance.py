"""Acceptance of a lot by its sample: single plans of GB/T 2828.1 (ISO 2859-1) (计数抽样检验).

A lot is, say, an outsourcer's month; an item is a conversation, nonconforming or not. Lot size
and inspection level give a code letter (表 1), code letter and AQL a sample size and an acceptance
number (表 2-A normal, 2-B tightened, 2-C reduced). AQLs are percent nonconforming, up to 10.

The three master tables are one pattern each: along a row and down a column the same series runs,
so a cell is known from row + column. Arrows in the tables lead to the next plan below or above,
with the code letter and the sample size of that plan.

Source
    GB/T 2828.1-2012, 表 1, 2-A, 2-B and 2-C, identical with ISO 2859-1:1999, tables 1, 2-A, 2-B
    and 2-C. In this edition a reduced plan rejects from Ac + 1 on; the gap between acceptance and
    rejection of GB/T 2828-1987 and MIL-STD-105E is gone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from scipy.special import bdtr, bdtri, pdtr

LETTERS = "ABCDEFGHJKLMNPQR"
AQLS = (
    0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.0,
)  # fmt: skip


class InspectionLevel(StrEnum):
    """Inspection levels: how much is drawn of a lot of a given size; II unless there is reason."""

    S1 = "S-1"
    S2 = "S-2"
    S3 = "S-3"
    S4 = "S-4"
    I = "I"  # noqa: E741 - the standard's own name
    II = "II"
    III = "III"


class InspectionSeverity(StrEnum):
    """正常, 加严 and 放宽 inspection."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"


class LotPlan(NamedTuple):
    """Draw ``size`` items; accept the lot with at most ``accept`` nonconforming, else reject."""

    letter: str
    size: int
    accept: int

    @property
    def reject(self) -> int:
        """From so many nonconforming items on the lot is not accepted (Re)."""
        return self.accept + 1

    def accepts(self, nonconforming: int) -> bool:
        """Is a lot accepted whose sample holds so many?"""
        return nonconforming <= self.accept


# 表 1: up to this lot size, the letters of levels S-1, S-2, S-3, S-4, I, II, III.
CODE_LETTERS = (
    (8, "AAAAAAB"),
    (15, "AAAAABC"),
    (25, "AABBBCD"),
    (50, "ABBCCDE"),
    (90, "BBCCCEF"),
    (150, "BBCDDFG"),
    (280, "BCDEEGH"),
    (500, "BCDEFHJ"),
    (1200, "CCEFGJK"),
    (3200, "CDEGHKL"),
    (10_000, "CDFGJLM"),
    (35_000, "CDFHKMN"),
    (150_000, "DEGJLNP"),
    (500_000, "DEGJMPQ"),
    (None, "DEHKNQR"),
)

UP, DOWN = -1, -2
# 表 2-A, 2-B, 2-C: the series that begins where row + column is FIRST; before it arrows down,
# behind it arrows up.
FIRST = 14
SERIES = {
    InspectionSeverity.NORMAL: (0, UP, DOWN, 1, 2, 3, 5, 7, 10, 14, 21),
    InspectionSeverity.TIGHTENED: (DOWN, 0, DOWN, DOWN, 1, 2, 3, 5, 8, 12, 18),
    InspectionSeverity.REDUCED: (0, UP, DOWN, DOWN, 1, 2, 3, 5, 6, 8, 10),
}
_FULL = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)
SIZES = {
    # Tightened inspection has one plan more, S, that only AQL 0.025 leads to.
    InspectionSeverity.NORMAL: _FULL,
    InspectionSeverity.TIGHTENED: (*_FULL, 3150),
    InspectionSeverity.REDUCED: (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800),
}
EXTRA = (len(LETTERS), AQLS.index(0.025))


def code_letter(lot: int, level: InspectionLevel = InspectionLevel.II) -> str:
    """The sample size code letter (样本量字码) of a lot of at least 2 items, else ValueError."""
    if lot < 2:
        raise ValueError(f"no lot: {lot}")
    column = list(InspectionLevel).index(level)
    return next(row[column] for top, row in CODE_LETTERS if top is None or lot <= top)


def plan_of(
    letter: str, aql: float, severity: InspectionSeverity = InspectionSeverity.NORMAL
) -> LotPlan:
    """The single plan of a code letter and an AQL, arrows followed.

    Raises ValueError for a letter or an AQL that the tables do not have.
    """
    if letter not in LETTERS or len(letter) != 1 or aql not in AQLS:
        raise ValueError(f"not in the tables: {letter}, {aql}")
    row, column = LETTERS.index(letter), AQLS.index(aql)
    while (cell := _cell(row, column, severity)) < 0:
        row += 1 if cell == DOWN else -1
    return LotPlan((LETTERS + "S")[row], SIZES[severity][row], cell)


def plan_for(
    lot: int,
    aql: float,
    *,
    level: InspectionLevel = InspectionLevel.II,
    severity: InspectionSeverity = InspectionSeverity.NORMAL,
) -> LotPlan:
    """The single plan for a lot; where it asks for more than the lot has, the whole lot is drawn.

    The acceptance number stays then.
    """
    plan = plan_of(code_letter(lot, level), aql, severity)
    return plan._replace(size=min(plan.size, lot))


def tighter(aql: float) -> float | None:
    """The next smaller AQL of the series; None below the smallest."""
    place = AQLS.index(aql)
    return AQLS[place - 1] if place else None


def acceptance_probability(plan: LotPlan, share: float) -> float:
    """How likely a lot is accepted of which ``share`` is nonconforming (OC curve; 表 10).

    Binomial: items drawn from a running process, or a lot much larger than the sample.
    """
    return float(bdtr(plan.accept, plan.size, share))


def acceptance_probability_of_counts(plan: LotPlan, per_item: float) -> float:
    """The same for nonconformities, of which one item may have several: Poisson."""
    return float(pdtr(plan.accept, plan.size * per_item))


def quality_accepted(plan: LotPlan, probability: float) -> float:
    """The share nonconforming at which lots are accepted with ``probability``.

    0.95 gives about what the supplier may deliver without trouble, 0.10 what the buyer is guarded
    against (limiting quality, 极限质量).
    """
    return float(bdtri(plan.accept, plan.size, probability))


def _cell(row: int, column: int, severity: InspectionSeverity) -> int:
    """The acceptance number of a cell, or the way its arrow points.

    Where an arrow would lead out of the table it points the other way.
    """
    series = SERIES[severity]
    place = row + column - FIRST
    cell = UP if place >= len(series) else DOWN if place < 0 else series[place]
    if cell == UP and _leads(row, column, severity, -1):
        return UP
    if cell in {UP, DOWN}:
        return DOWN if _leads(row, column, severity, 1) else UP
    return cell


def _leads(row: int, column: int, severity: InspectionSeverity, step: int) -> bool:
    """Is there a plan further up (−1) or down (+1) the column?"""
    series = SERIES[severity]
    rows = range(row + step, -1, -1) if step < 0 else range(row + step, len(LETTERS))
    places = [one + column - FIRST for one in rows]
    if severity is InspectionSeverity.TIGHTENED and step > 0 and (len(LETTERS), column) == EXTRA:
        return True
    return any(0 <= place < len(series) and series[place] >= 0 for place in places)
