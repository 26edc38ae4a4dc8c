"""When inspection becomes tightened, normal, reduced, or stops: GB/T 2828.1, 9.3 (转移规则).

Only lots that come for the first time count; a lot that was sorted and comes again is accepted or
not, and changes nothing here.

* normal → tightened: two of five or fewer lots in a row were not accepted (9.3.1)
* tightened → normal: five lots in a row were accepted (9.3.2)
* normal → reduced: the switching score has reached 30, the process is steady, and whoever is
  responsible wants it (9.3.3)
* reduced → normal: one lot was not accepted, or the process is unsteady, or for another good
  reason (9.3.4)
* discontinued (暂停检验): five lots in all were not accepted while tightened; the supplier acts
  before inspection resumes, tightened (9.4)

Source
    GB/T 2828.1-2012, 9.3 and 9.4, identical with ISO 2859-1:1999.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from lingzhi_engine.stats.acceptance import InspectionSeverity, LotPlan, plan_of, tighter

ENOUGH_SCORE = 30
WINDOW = 5
LIMIT_ON_TIGHTENED = 5


class SeverityChange(StrEnum):
    """What a lot or a person changed."""

    NONE = "none"
    TO_TIGHTENED = "to-tightened"
    TO_NORMAL = "to-normal"
    TO_REDUCED = "to-reduced"
    DISCONTINUED = "discontinued"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True)
class LotInspection:
    """Where a series of lots stands; begins normal.

    ``recent`` are the last lots since the severity last changed, True for accepted, at most five;
    ``score`` is the switching score (转移得分); ``refused`` counts lots not accepted while
    tightened; ``change`` is what the last step did.
    """

    severity: InspectionSeverity = InspectionSeverity.NORMAL
    recent: tuple[bool, ...] = ()
    score: int = 0
    refused: int = 0
    is_discontinued: bool = False
    change: SeverityChange = SeverityChange.NONE

    def plan(self, letter: str, aql: float) -> LotPlan:
        """The plan for the next lot."""
        return plan_of(letter, aql, self.severity)


def after_lot(
    now: LotInspection, letter: str, aql: float, nonconforming: int, *, may_reduce: bool = False
) -> LotInspection:
    """The state after a lot with so many ``nonconforming`` items in its sample.

    ``may_reduce`` says that the process is steady and the responsible person wants reduced
    inspection. Raises ValueError while inspection is discontinued.
    """
    if now.is_discontinued:
        raise ValueError("inspection is discontinued until the supplier has acted")
    plan = now.plan(letter, aql)
    accepted = plan.accepts(nonconforming)
    seen = replace(now, recent=(*now.recent, accepted)[-WINDOW:], change=SeverityChange.NONE)
    if now.severity is InspectionSeverity.TIGHTENED:
        return _after_tightened(seen, accepted)
    if now.severity is InspectionSeverity.REDUCED:
        return seen if accepted else LotInspection(change=SeverityChange.TO_NORMAL)
    score = _score(now.score, plan, aql, nonconforming)
    return _after_normal(replace(seen, score=score), may_reduce)


def back_to_normal(now: LotInspection) -> LotInspection:
    """Reduced inspection ends for another reason than a lot: unsteady, or not wanted any more."""
    if now.severity is not InspectionSeverity.REDUCED:
        raise ValueError(f"not reduced but {now.severity}")
    return LotInspection(change=SeverityChange.TO_NORMAL)


def resumed(now: LotInspection) -> LotInspection:
    """The supplier has acted: inspection goes on, tightened, and counts anew."""
    if not now.is_discontinued:
        raise ValueError("inspection goes on")
    return LotInspection(severity=InspectionSeverity.TIGHTENED, change=SeverityChange.RESUMED)


def _after_normal(seen: LotInspection, may_reduce: bool) -> LotInspection:
    if seen.recent.count(False) >= 2:
        return LotInspection(
            severity=InspectionSeverity.TIGHTENED, change=SeverityChange.TO_TIGHTENED
        )
    if seen.score >= ENOUGH_SCORE and may_reduce:
        return LotInspection(severity=InspectionSeverity.REDUCED, change=SeverityChange.TO_REDUCED)
    return seen


def _after_tightened(seen: LotInspection, accepted: bool) -> LotInspection:
    refused = seen.refused + (not accepted)
    if refused >= LIMIT_ON_TIGHTENED:
        return replace(
            seen, refused=refused, is_discontinued=True, change=SeverityChange.DISCONTINUED
        )
    if len(seen.recent) == WINDOW and all(seen.recent):
        return LotInspection(change=SeverityChange.TO_NORMAL)
    return replace(seen, refused=refused)


def _score(score: int, plan: LotPlan, aql: float, nonconforming: int) -> int:
    """9.3.3.2: 3 more where the AQL one step tighter would have accepted too, else 0 again.

    Plans that accept 0 or 1 have no such neighbour in their row: 2 more for an accepted lot.
    """
    if plan.accept < 2:
        return score + 2 if plan.accepts(nonconforming) else 0
    smaller = tighter(aql)
    stricter = plan if smaller is None else plan_of(plan.letter, smaller)
    return score + 3 if stricter.accepts(nonconforming) else 0
