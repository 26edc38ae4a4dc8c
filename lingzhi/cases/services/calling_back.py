"""Calling back (回访) after the review, closing without the customer, and exclusion (剔除考核)."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.cases.models import CallBack, Case, CaseEvent, Exclusion, WorkOrder
from lingzhi.cases.queries.dispatch import dispatch_settings, main_order
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.order_reviews import require_other_hands
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.services.words import demanded, kept
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import tell

Outcome, Says = CallBack.Outcome, Case.Satisfaction
MATTER = "cases.exclude_order"
CHANGED = _("An order was changed after its exclusion was agreed to: it stays in the figures.")


class NotToBeCalled(DomainError):
    message = _("The answer has not passed its review yet.")


class TriedTooLittle(DomainError):
    message = _("Try again on another day and at another hour before you close it without them.")


class NoChainForExclusion(DomainError):
    message = _("Nobody is set to approve exclusions: set the approval chain first.")


@dataclass(frozen=True, slots=True)
class CalledBack:
    """What came of a try. `proof` names it: the number of the call or its recording.

    What the customer says is asked only where they were reached; None is not said.
    """

    outcome: str
    proof: str = ""
    is_contacted: bool | None = None
    is_solved: bool | None = None
    satisfaction: str = ""
    objection: str = ""


@transaction.atomic
def call_back(case: Case, said: CalledBack, *, seen: int, by: User) -> CallBack:
    """Keep a try; where the customer was reached they hear the result, and what they say stays."""
    if case.kind != Case.Kind.SOLVED:
        raise NotToBeCalled()
    require_other_hands(case, by)
    if said.outcome not in Outcome.values:
        raise BadInput(_("Choose what came of it."), field="outcome")
    is_reached = said.outcome == Outcome.REACHED
    proof = kept(said.proof, 200) if is_reached else demanded(said.proof, 200, field="proof")
    claim(case, seen)
    made = CallBack.objects.create(
        case=case, cycle=case.cycle, outcome=said.outcome, proof=proof, at=now(), by=by,
        is_contacted=said.is_contacted if is_reached else None,
        is_solved=said.is_solved if is_reached else None,
    )  # fmt: skip
    note_event(case, CaseEvent.Kind.CALLED_BACK, by=by, step=said.outcome, text=proof)
    if is_reached:
        _keep_answer(case, said, by)
    record(by, "cases.called_back", case, after={"outcome": said.outcome})
    return made


def _keep_answer(case: Case, said: CalledBack, by: User) -> None:
    """The result is told, the answer recorded, and the main unit's order repeats it."""
    order = main_order(case)
    if case.fed_back_at is None:
        result = order.answer[:2000] if order else case.title
        tell_customer(case, Told(result, None, "phone"), seen=case.revision, by=by)
    record_answer(case, said.satisfaction, objection=said.objection, seen=case.revision, by=by)
    if order is not None:
        WorkOrder.objects.filter(pk=order.pk).update(
            is_contacted=said.is_contacted, is_solved=said.is_solved,
            is_satisfied=said.satisfaction != Says.OBJECTS,
        )  # fmt: skip


@transaction.atomic
def close_unreached(case: Case, *, reason: str, seen: int, by: User) -> None:
    """Close a case whose customer could not be reached: the tries are the proof.

    Raises TriedTooLittle. What the customer would have said stays unknown.
    """
    words = demanded(reason, 500, field="reason")
    if not is_unreachable(case):
        raise TriedTooLittle()
    claim(case, seen, satisfaction=Says.UNREACHED)
    move_case(case, "close", seen=case.revision, reason=words, by=by)
    tries = case.call_backs.filter(cycle=case.cycle).count()
    record(by, "cases.closed_unreached", case, after={"tries": tries}, reason=words)


def is_unreachable(case: Case) -> bool:
    """Enough tries in this cycle, on different days and at different hours, and none reached."""
    wanted = dispatch_settings()
    tries = list(case.call_backs.filter(cycle=case.cycle).values_list("at", "outcome"))
    if any(outcome == Outcome.REACHED for _at, outcome in tries):
        return False
    local = [timezone.localtime(at) for at, _outcome in tries]
    return (
        len(local) >= wanted.tries
        and len({at.date() for at in local}) >= wanted.try_days
        and len({at.hour for at in local}) >= wanted.try_hours
    )


@transaction.atomic
def ask_exclusion(order: WorkOrder, ground: str, *, by: User) -> Exclusion:
    """Ask that an order be left out of appraisal. Until all have agreed, it counts."""
    words = demanded(ground, 500, field="ground")
    made = Exclusion.objects.create(order=order, ground=words, asked_at=now(), asked_by=by)
    made.approval = ask(
        order, MATTER, title=f"{order.case.number} {order.unit.name}：{words}"[:200],
        url=reverse("cases:case", args=[order.case_id]), content=_content(order, words),
        job="cases.exclude_approved", arguments={"exclusion_id": made.pk}, by=by,
    )  # fmt: skip
    if made.approval is None:
        raise NoChainForExclusion()
    made.save(update_fields=["approval"])
    record(by, "cases.exclusion_asked", order.case, after={"order": order.pk}, reason=words)
    return made


def _content(order: WorkOrder, ground: str) -> dict[str, object]:
    """What is signed: the order as it stands, and the ground."""
    return {
        "order": order.pk, "ending": order.ending, "signed": order.is_signed_in_time,
        "answered": order.is_answered_in_time, "ground": ground,
    }  # fmt: skip


@transaction.atomic
def exclude_approved(exclusion: Exclusion, approval: Approval) -> bool:
    """The last signature was given. False where the order is no more what was signed."""
    order = exclusion.order
    if not approval.covers(_content(order, exclusion.ground)):
        tell([approval.asked_by], CHANGED, url=approval.url)
        return False
    claimed = Exclusion.objects.filter(pk=exclusion.pk, approved_at=None)
    if claimed.update(approved_at=now()):
        WorkOrder.objects.filter(pk=order.pk).update(is_excluded=True)
        record(
            approval.asked_by, "cases.order_excluded", order.case, after={"order": order.pk},
            reason=exclusion.ground,
        )  # fmt: skip
    return True
