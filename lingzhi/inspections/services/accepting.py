"""Acceptance of a supplier's months by sampling, cited from GB/T 2828.1 (ISO 2859-1)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Acceptance, Lot, Plan
from lingzhi.inspections.queries.lots import series_of, state_of, tally_of
from lingzhi.inspections.queries.plans import period_due
from lingzhi.inspections.services.drawing import NothingToDraw, draw_sample
from lingzhi.inspections.services.plans import create_plan, start_plan
from lingzhi_engine.stats import InspectionLevel, InspectionSeverity, LotPlan, code_letter, plan_for

SMALLEST_LOT = 2


class LotUndecided(DomainError):
    message = _("Decide the lot before first: its decision sets the severity of the next.")


class Discontinued(DomainError):
    message = _("Inspection is discontinued: the supplier has to act before it resumes.")


class NotAllScored(DomainError):
    message = _("Not every conversation of the sample is scored with a verdict yet.")


class DecidedAlready(DomainError):
    message = _("This lot is decided already.")


class NotDiscontinued(DomainError):
    message = _("Inspection was not discontinued behind this lot.")


@transaction.atomic
def create_acceptance(
    values: Mapping[str, Any], *, aql: float, level: str, may_reduce: bool = False, by: User
) -> Acceptance:
    """A plan whose months are lots; it runs at once. `values` are fields of the plan."""
    fixed = {"method": Plan.Method.SIMPLE, "cadence": Plan.Cadence.MONTH, "size": 1}
    plan = create_plan({**values, **fixed, "nonhit_ratio": 0.0}, by=by)
    start_plan(plan, by=by)
    return Acceptance.objects.create(plan=plan, aql=aql, level=level, may_reduce=may_reduce)


@transaction.atomic
def draw_lot(acceptance: Acceptance, *, by: User) -> Lot | None:
    """Draw the sample of the next month that is over, by the severity that is due.

    The lot is what may still be inspected of the month. None where that is less than two
    conversations: such a month is passed over. Raises NothingToDraw before the month is over,
    Discontinued, LotUndecided.
    """
    Acceptance.objects.select_for_update().get(pk=acceptance.pk)
    period = period_due(acceptance.plan)
    if period is None:
        raise NothingToDraw()
    if acceptance.lots.filter(decided_at=None).exists():
        raise LotUndecided()
    state = state_of(acceptance)
    if state.is_discontinued:
        raise Discontinued()
    severity = state.severity

    def size_of(conversations: int) -> int:
        if conversations < SMALLEST_LOT:
            return 0
        return _plan(acceptance, conversations, severity).size

    made = draw_sample(acceptance.plan, period, size_of=size_of, by=by)
    if made.frame_count < SMALLEST_LOT:
        return None
    chosen = _plan(acceptance, made.frame_count, severity)
    return Lot.objects.create(
        acceptance=acceptance, draw=made, size=made.frame_count,
        letter=code_letter(made.frame_count, InspectionLevel(acceptance.level)),
        severity=severity.value, sample=chosen.size, accept=chosen.accept,
    )  # fmt: skip


def _plan(acceptance: Acceptance, size: int, severity: InspectionSeverity) -> LotPlan:
    level = InspectionLevel(acceptance.level)
    return plan_for(size, acceptance.aql, level=level, severity=severity)


@transaction.atomic
def decide_lot(lot: Lot, *, by: User) -> bool:
    """Accept the lot or not, from the reviews of its sample; True where it is accepted.

    Raises NotAllScored while one is open or without a verdict: what nobody knows conforms no more
    than it fails.
    """
    found = tally_of(lot)
    if not found.is_complete:
        raise NotAllScored()
    is_accepted = found.nonconforming <= lot.accept
    claimed = Lot.objects.filter(pk=lot.pk, decided_at=None).update(
        nonconforming=found.nonconforming, is_accepted=is_accepted, decided_at=now(),
        decided_by=by, may_reduce=lot.acceptance.may_reduce,
    )  # fmt: skip
    if not claimed:
        raise DecidedAlready()
    lot.refresh_from_db()
    after = {"nonconforming": lot.nonconforming, "accept": lot.accept, "accepted": is_accepted}
    record(by, "inspections.lot_decided", lot, after=after)
    return is_accepted


@transaction.atomic
def resume_lots(acceptance: Acceptance, *, reason: str, by: User) -> None:
    """The supplier has acted: inspection goes on, tightened (9.4)."""
    if not reason.strip():
        raise BadInput(_("Say what the supplier did."), field="reason")
    steps = [step for step in series_of(acceptance) if step.after is not None]
    if not steps or not state_of(acceptance).is_discontinued:
        raise NotDiscontinued()
    claimed = Lot.objects.filter(pk=steps[-1].lot.pk, resumed_at=None).update(
        resumed_at=now(), resumed_by=by, resumed_reason=reason.strip()[:500]
    )
    if not claimed:
        raise NotDiscontinued()
    record(by, "inspections.lots_resumed", steps[-1].lot, reason=reason)
