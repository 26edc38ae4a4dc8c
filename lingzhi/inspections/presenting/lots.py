"""A series of lots as people read it."""

from dataclasses import dataclass

from lingzhi.inspections.models import Acceptance, Lot
from lingzhi.inspections.queries.lots import Step, Tally, series_of, state_of, tally_of
from lingzhi.inspections.wording.lots import CHANGES, SEVERITIES
from lingzhi_engine.stats import LotInspection, LotPlan, quality_accepted

MOSTLY, RARELY = 0.95, 0.10


@dataclass(frozen=True, slots=True)
class ShownLot:
    """One lot: its severity and what it changed in words; `tally` while it is not decided."""

    lot: Lot
    severity: str
    change: str
    tally: Tally | None
    passes_mostly: float
    passes_rarely: float


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """Where a series stands, and its lots, the newest first."""

    state: LotInspection
    severity: str
    lots: list[ShownLot]


def shown_series(acceptance: Acceptance) -> ShownSeries:
    """Every lot with its plan: what share mostly passes, and what share rarely does."""
    state = state_of(acceptance)
    lots = [_shown(step) for step in reversed(series_of(acceptance))]
    return ShownSeries(state, str(SEVERITIES[state.severity]), lots)


def _shown(step: Step) -> ShownLot:
    lot = step.lot
    plan = LotPlan(lot.letter, lot.sample, lot.accept)
    return ShownLot(
        lot,
        str(SEVERITIES[lot.severity]),
        str(CHANGES[step.after.change]) if step.after else "",
        None if step.after else tally_of(lot),
        quality_accepted(plan, MOSTLY),
        quality_accepted(plan, RARELY),
    )
