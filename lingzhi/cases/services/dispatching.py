"""Dispatching (派单): the desk gives a case to a main unit and to units that assist it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, ClockKind, Matter, WorkOrder
from lingzhi.cases.queries.dispatch import (
    business_due,
    dispatch_settings,
    holders_of_post,
    living_orders,
)
from lingzhi.cases.queries.people import leaders_of
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.clocks import call_off_order, repeat_dues, start_clocks
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.words import demanded, kept
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi_engine.clock import Unit as Span

Role, Ending, Kind = WorkOrder.Role, WorkOrder.Ending, CaseEvent.Kind


class OrderEnded(DomainError):
    message = _("This work order is not open any more.")


class MainOrder(DomainError):
    message = _("The main unit answers for the whole: send the case to another one instead.")


class NotTheRulingPost(DomainError):
    message = _("Only who holds the post that rules may decide this.")


@dataclass(frozen=True, slots=True)
class Sending:
    """What is given to whom. `due_at` is set by the desk, else it follows from the matter's law,
    else from the rules of time limits."""

    unit: Unit
    assisting: Sequence[Unit] = ()
    matter: Matter | None = None
    instruction: str = ""
    due_at: datetime | None = None


@transaction.atomic
def dispatch_case(case: Case, sending: Sending, *, seen: int, by: User) -> WorkOrder:
    """Send the case to its units; the order of the main one. Each has to sign for it."""
    _require_sense(sending)
    move_case(case, "send", seen=seen, by_act=True, by=by)
    return _send_all(case, sending, by=by)


@transaction.atomic
def rule_on_case(case: Case, sending: Sending, *, ground: str, seen: int, by: User) -> WorkOrder:
    """A ruling (裁定): the unit named now handles the case and cannot return it."""
    if by not in holders_of_post(dispatch_settings().ruling_post):
        raise NotTheRulingPost()
    words = demanded(ground, 500, field="ground")
    _require_sense(sending)
    move_case(case, "rule", seen=seen, reason=words, by_act=True, by=by)
    note_event(case, Kind.ORDER_RULED, by=by, unit=sending.unit, text=words)
    settle_matter(matter_of_ruling(case))
    record(by, "cases.ruled", case, after={"unit": sending.unit.pk}, reason=words)
    return _send_all(case, sending, is_final=True, by=by)


def _require_sense(sending: Sending) -> None:
    if sending.unit in sending.assisting:
        raise BadInput(_("The main unit does not assist itself."), field="assisting")
    if sending.due_at is not None and sending.due_at <= now():
        raise BadInput(_("Say by when: a time to come."), field="due_at")


def _send_all(case: Case, sending: Sending, *, is_final: bool = False, by: User) -> WorkOrder:
    """The main unit, and whoever assists and is not at it already."""
    main = send_order(case, Role.MAIN, sending.unit, sending, is_final=is_final, by=by)
    at_it = set(living_orders(case).values_list("unit", flat=True))
    for unit in dict.fromkeys(sending.assisting):
        if unit.pk not in at_it:
            send_order(case, Role.ASSISTING, unit, sending, is_final=is_final, by=by)
    repeat_dues(case)
    case.refresh_from_db()
    return main


def send_order(
    case: Case, role: str, unit: Unit, sending: Sending, *, is_final: bool = False, by: User
) -> WorkOrder:
    """One order more: the unit's leaders have a to-do until somebody there signs for it."""
    order = WorkOrder.objects.create(
        case=case, cycle=case.cycle, role=role, unit=unit, matter=sending.matter,
        instruction=kept(sending.instruction, 1000), due_at=_due(sending, unit),
        is_final=is_final, sent_at=now(), sent_by=by,
        return_until=business_due(unit, dispatch_settings().return_hours, Span.HOURS),
    )  # fmt: skip
    note_event(case, Kind.ORDER_SENT, by=by, unit=unit, text=order.instruction, step=role)
    start_clocks(case, [ClockKind.SIGN_IN], unit=unit, order=order, by=by)
    tell_unit(order, _("A work order waits to be signed for"), is_todo=True)
    after = {"unit": unit.pk, "role": role, "matter": sending.matter and sending.matter.code}
    record(by, "cases.order_sent", case, after=after, reason=sending.instruction)
    return order


def _due(sending: Sending, unit: Unit) -> datetime | None:
    if sending.due_at or sending.matter is None or not sending.matter.limit_days:
        return sending.due_at
    return business_due(unit, sending.matter.limit_days, Span.WORKING_DAYS)


@transaction.atomic
def add_assisting(case: Case, unit: Unit, *, instruction: str, by: User) -> WorkOrder:
    """One more unit assists (增派协办) while others work on the case."""
    if case.is_over or not living_orders(case).filter(role=Role.MAIN).exists():
        raise OrderEnded()
    if living_orders(case).filter(unit=unit).exists():
        raise BadInput(_("This unit has the case already."), field="unit")
    order = send_order(case, Role.ASSISTING, unit, Sending(unit, instruction=instruction), by=by)
    repeat_dues(case)
    return order


@transaction.atomic
def take_back_order(order: WorkOrder, *, reason: str, by: User) -> None:
    """The desk needs the help of an assisting unit no longer (撤单)."""
    if order.is_main:
        raise MainOrder()
    words = demanded(reason, 500, field="reason")
    end_order(order, Ending.TAKEN_BACK, words, by=by)
    note_event(order.case, Kind.ORDER_TAKEN_BACK, by=by, unit=order.unit, text=words)
    repeat_dues(order.case)
    record(by, "cases.order_taken_back", order.case, after={"unit": order.unit_id}, reason=words)


def end_order(order: WorkOrder, ending: str, words: str, *, by: User, **facts: object) -> None:
    """Claim the living order and end it. Raises OrderEnded for who comes second."""
    claimed = WorkOrder.objects.filter(pk=order.pk, ending="").update(
        ending=ending, ended_at=now(), ended_by=by, ending_words=words, **facts
    )
    if not claimed:
        raise OrderEnded()
    call_off_order(order, reason=words, by=by)
    settle_matter(matter_of_order(order))
    order.refresh_from_db()


def matter_of_order(order: WorkOrder) -> str:
    """The name under which the to-do to sign for an order is open."""
    return f"cases.work_order/{order.pk}"


def matter_of_ruling(case: Case) -> str:
    """The name under which the to-do to rule is open."""
    return f"cases.ruling/{case.pk}"


def tell_unit(order: WorkOrder, title: str | Promise, *, is_todo: bool = False) -> None:
    """The leaders of the unit, or who assigns there, hear about an order."""
    case = order.case
    people = [order.signed_by] if order.signed_by else leaders_of(order.unit)
    tell(
        people, title, is_todo=is_todo, body=f"{case.number} {case.title}",
        url=reverse("cases:case", args=[case.pk]),
        matter=matter_of_order(order) if is_todo else "",
    )  # fmt: skip
