"""What the page of a case shows of its orders, urging and supervision."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from lingzhi.accounts.models import User
from lingzhi.cases.access.dispatch import acts_on_dispatch, is_of_unit
from lingzhi.cases.forms.call_backs import CallBackForm
from lingzhi.cases.forms.dispatch import AssistForm, DispatchForm, OrderAnswerForm
from lingzhi.cases.models import Case, Clock, WorkOrder
from lingzhi.cases.presenting.cases import ShownClock, shown_clocks
from lingzhi.cases.queries.dispatch import orders_of, return_reasons
from lingzhi.cases.queries.people import WORK
from lingzhi.cases.services.calling_back import is_unreachable
from lingzhi.core.clock import now


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """An order with its clocks and what this person may do with it."""

    order: WorkOrder
    state: str
    tone: str
    clocks: list[ShownClock]
    may_sign: bool
    may_return: bool
    may_answer: bool
    may_take_back: bool
    may_exclude: bool


def is_dispatched(case: Case) -> bool:
    """Whether its flow sends orders to units."""
    return "send" in case.version.read().transitions


def dispatch_shown(user: User, case: Case) -> dict[str, Any]:
    """The orders of a case, the calls back, and what this person may do with them."""
    may = acts_on_dispatch(user, case)
    living = case.supervisions.filter(ended_at=None).select_related("ordered_by").first()
    orders = _shown_orders(user, case, is_desk=may.assist)
    return {
        "may": may,
        "orders": orders,
        "reasons": return_reasons() if any(one.may_return for one in orders) else [],
        "supervision": living,
        "may_report": living and (may.assist or any(is_of_unit(user, one.order) for one in orders)),
        "urged": case.urges.count(),
        "dispatch_form": DispatchForm(case) if may.dispatch else None,
        "ruling_form": DispatchForm(case, is_ruling=True) if may.rule else None,
        "assist_form": AssistForm() if may.assist else None,
        "call_back_form": CallBackForm() if may.call_back else None,
        "call_backs": case.call_backs.select_related("by"),
        "may_close_unreached": may.call_back and is_unreachable(case),
        "order_form": OrderAnswerForm(initial={"signature": user.name}),
    }


def _shown_orders(user: User, case: Case, *, is_desk: bool) -> list[ShownOrder]:
    clocks: dict[int, list[Clock]] = {}
    for clock in case.clocks.filter(order__isnull=False).select_related("rule", "calendar"):
        clocks.setdefault(clock.order_id or 0, []).append(clock)
    works = user.can(WORK)
    return [
        _shown(one, shown_clocks(clocks.get(one.pk, [])), is_mine=works and is_of_unit(user, one),
               is_desk=is_desk)
        for one in orders_of(case)
    ]  # fmt: skip


def _shown(
    order: WorkOrder, clocks: list[ShownClock], *, is_mine: bool, is_desk: bool
) -> ShownOrder:
    is_open = order.is_living and order.answered_at is None
    in_time = order.return_until is None or now() <= order.return_until
    state, tone = order_state(order)
    return ShownOrder(
        order, state, tone, clocks,
        may_sign=is_mine and is_open and order.signed_at is None,
        may_return=is_mine and is_open and in_time and not order.is_final,
        may_answer=is_mine and is_open and order.signed_at is not None,
        may_take_back=is_desk and is_open and not order.is_main,
        may_exclude=(is_mine or is_desk) and not order.exclusions.exists(),
    )  # fmt: skip


def order_state(order: WorkOrder) -> tuple[str, str]:
    """How it stands, in words, and the tone of that."""
    if order.ending:
        return str(order.get_ending_display()), "plain"
    if order.answered_at:
        return gettext("Order answered"), "good"
    return (
        (gettext("In work"), "flow") if order.signed_at else (gettext("To be signed for"), "warn")
    )
