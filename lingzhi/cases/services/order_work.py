"""What a unit does with its work order: sign for it (签收), return it (退单), answer (反馈)."""

import hashlib

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Clock, ClockKind, ReturnReason, WorkOrder
from lingzhi.cases.queries.dispatch import (
    dispatch_settings,
    holders_of_post,
    living_orders,
    returns_of,
)
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.clocks import meet_clocks, repeat_dues, start_clocks, start_promise
from lingzhi.cases.services.dispatching import (
    Ending,
    OrderEnded,
    end_order,
    matter_of_order,
    matter_of_ruling,
)
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.languages import joined
from lingzhi.notifications.services import settle_matter, tell

Kind = CaseEvent.Kind
FACTS: dict[str, str] = {
    ClockKind.SIGN_IN: "is_signed_in_time",
    ClockKind.HANDLING: "is_answered_in_time",
}  # what a clock of an order tells the board


class SignedAlready(DomainError):
    message = _("Somebody has signed for this order already.")


class NotSigned(DomainError):
    message = _("Sign for the order first.")


class AnsweredAlready(DomainError):
    message = _("This order was answered already.")


class TooLateToReturn(DomainError):
    message = _("The time in which this order could be returned is over.")


class Ruled(DomainError):
    message = _("A ruling gave this case to the unit: it cannot be returned.")


class ReturnedBefore(DomainError):
    message = _("This unit has returned the case once already.")


class AssistingOpen(DomainError):
    """The main unit answers for the whole, so those that assist answer first."""

    def __init__(self, units: list[str]) -> None:
        names = joined(units)
        super().__init__(gettext("These units have not answered yet: %(names)s") % {"names": names})


@transaction.atomic
def sign_order(order: WorkOrder, *, by: User) -> None:
    """Somebody of the unit takes the order on. From now its answer is awaited."""
    claimed = WorkOrder.objects.filter(pk=order.pk, ending="", signed_at=None).update(
        signed_at=now(), signed_by=by
    )
    if not claimed:
        raise SignedAlready()
    order.refresh_from_db()
    case = order.case
    if order.is_main:
        move_case(case, "sign", seen=case.revision, by_act=True, by=by)
    note_event(case, Kind.ORDER_SIGNED, by=by, unit=order.unit, step=order.role)
    meet_clocks(case, [ClockKind.SIGN_IN], order=order, by=by)
    keep_verdict(order, ClockKind.SIGN_IN)
    if order.due_at is not None:
        start_promise(case, order.due_at, kind=ClockKind.HANDLING, order=order, by=by)
    else:
        start_clocks(case, [ClockKind.HANDLING], unit=order.unit, order=order, by=by)
    repeat_dues(case)
    settle_matter(matter_of_order(order))
    record(by, "cases.order_signed", case, after={"unit": order.unit_id, "role": order.role})


def keep_late(clock: Clock) -> None:
    """The clock of an order ran over: late for good, whenever the unit does it."""
    field = FACTS.get(clock.kind)
    if field and clock.order is not None:
        WorkOrder.objects.filter(pk=clock.order.pk).update(**{field: False})


def keep_verdict(order: WorkOrder, kind: str) -> None:
    """Write onto the order what its clock said; without a verdict it is not known."""
    verdict = order.clocks.filter(kind=kind).values_list("verdict", flat=True).last()
    if verdict in ("met", "late"):
        WorkOrder.objects.filter(pk=order.pk).update(**{FACTS[kind]: verdict == "met"})


@transaction.atomic
def return_order(order: WorkOrder, reason: ReturnReason, *, words: str, by: User) -> None:
    """Give the order back to the desk with its reason; the n-th time the case goes to a ruling.

    Raises TooLateToReturn, Ruled, ReturnedBefore, AnsweredAlready.
    """
    said = demanded(words, 500, field="words")
    _require_returnable(order)
    end_order(order, Ending.RETURNED, said, by=by, return_reason=reason)
    case = order.case
    note_event(case, Kind.ORDER_RETURNED, by=by, unit=order.unit, text=f"{reason}：{said}")
    if order.is_main:
        _give_back(case, said, by)
    repeat_dues(case)
    people = [one for one in (case.handler, case.owner, order.sent_by) if one]
    tell(
        dict.fromkeys(people), _("A work order was returned"), body=f"{case.number} {said}",
        url=reverse("cases:case", args=[case.pk]),
    )  # fmt: skip
    after = {"unit": order.unit_id, "reason": reason.code, "state": case.state}
    record(by, "cases.order_returned", case, after=after, reason=said)


def _require_returnable(order: WorkOrder) -> None:
    if order.is_final:
        raise Ruled()
    if order.answered_at is not None:
        raise AnsweredAlready()
    if order.return_until is not None and now() > order.return_until:
        raise TooLateToReturn()
    before = order.case.orders.filter(unit=order.unit, cycle=order.cycle, ending=Ending.RETURNED)
    if before.exists():
        raise ReturnedBefore()


def _give_back(case: Case, words: str, by: User) -> None:
    """To the desk, or to the post that rules; what only assisted is over."""
    is_ruled = returns_of(case) >= dispatch_settings().returns
    step = "ask_ruling" if is_ruled else "return_order"
    move_case(case, step, seen=case.revision, reason=words, by_act=True, by=by)
    for helper in living_orders(case):
        end_order(helper, Ending.TAKEN_BACK, words, by=by)
    if is_ruled:
        tell(
            holders_of_post(dispatch_settings().ruling_post), _("A case waits for a ruling"),
            body=f"{case.number} {case.title}", is_todo=True, matter=matter_of_ruling(case),
            url=reverse("cases:case", args=[case.pk]),
        )  # fmt: skip


@transaction.atomic
def answer_order(order: WorkOrder, answer: str, *, signature: str, by: User) -> None:
    """What the unit did and says, signed by name. The main unit answers last, for the whole."""
    text = demanded(answer, 10_000, field="answer")
    if not signature.strip():
        raise BadInput(_("Sign with your name."), field="signature")
    if order.signed_at is None:
        raise NotSigned()
    if order.is_main:
        _require_answers(order)
    bound = f"{order.pk}|{order.cycle}|{by.pk}|{signature.strip()}|{text}"
    claimed = WorkOrder.objects.filter(pk=order.pk, ending="", answered_at=None).update(
        answered_at=now(), answered_by=by, answer=text, signature=signature.strip()[:60],
        answer_sha256=hashlib.sha256(bound.encode()).hexdigest(),
    )  # fmt: skip
    if not claimed:
        raise OrderEnded() if order.ending else AnsweredAlready()
    case = order.case
    if order.is_main:
        move_case(case, "answer", seen=case.revision, by_act=True, by=by)
    note_event(case, Kind.ORDER_ANSWERED, by=by, unit=order.unit, text=text[:2000], step=order.role)
    meet_clocks(case, [ClockKind.HANDLING], order=order, by=by)
    keep_verdict(order, ClockKind.HANDLING)
    repeat_dues(case)
    order.refresh_from_db()
    after = {"unit": order.unit_id, "role": order.role, "sha256": order.answer_sha256}
    record(by, "cases.order_answered", case, after=after)


def _require_answers(order: WorkOrder) -> None:
    rest = living_orders(order.case).filter(answered_at=None).exclude(pk=order.pk)
    if names := [one.unit.name for one in rest]:
        raise AssistingOpen(names)
