"""Cases for tests."""

from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseType, FollowUpRule, FollowUpScript, Matter, WorkOrder
from lingzhi.cases.services.dispatching import Sending, dispatch_case
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.follow_up_rules import lay_follow_up_built_ins, save_rule
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.order_work import answer_order, sign_order
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.services.working import assign_case
from lingzhi.core.clock import now
from lingzhi.org.models import Unit


def with_flows() -> None:
    """Lay the built-in flows, unless they are laid: parts of them do not miss in tests."""
    if not CaseType.objects.exists():
        lay_built_ins(by=None)


def make_case(*, by: User, unit: Unit, type_code: str = "enquiry", **more: Any) -> Case:
    """A case in the first state of the flow of its type; the built-in flows are laid."""
    with_flows()
    opening = Opening(
        type=CaseType.objects.get(code=type_code), unit=unit,
        **{"title": "包裹未送达", "description": "订单三天未到", "demand": "尽快送达", **more},
    )  # fmt: skip
    return open_case(opening, by=by)


def step(case: Case, *steps: str, by: User, reason: str = "客户确认") -> Case:
    """The case after these steps of its flow."""
    for one in steps:
        move_case(case, one, seen=case.revision, reason=reason, by=by)
    return case


def in_work(case: Case, *, by: User) -> Case:
    """The enquiry registered, assigned to `by` and begun."""
    step(case, "register", by=by)
    assign_case(case, by, seen=case.revision, by=by)
    return step(case, "assign", "begin", by=by)


def tell(case: Case, *, by: User, hours: int = 24) -> Case:
    """The customer was told how, by when and in which way."""
    told = Told("已联系快递公司核实", now() + timedelta(hours=hours), "phone")
    tell_customer(case, told, seen=case.revision, by=by)
    return case


def make_closed(case: Case, *, by: User) -> Case:
    """A case in work, solved, told, content, closed."""
    step(case, "solve", by=by)
    tell_customer(case, Told("已送达"), seen=case.revision, by=by)
    record_answer(case, "satisfied", seen=case.revision, by=by)
    return step(case, "close", by=by)


def make_rule(code: str = "closed", **more: Any) -> FollowUpRule:
    """A follow-up rule in force since long ago: by default each closed case, at once."""
    with_flows()
    if not FollowUpScript.objects.exists():
        lay_follow_up_built_ins(by=None)
        FollowUpRule.objects.all().delete()
    given = {
        "trigger": "closed", "delay_amount": 0, "within_days": 3, "windows": "00:00-24:00",
        "script": FollowUpScript.objects.get(code="usual"), "title": {"en": code}, **more,
    }  # fmt: skip
    since = now() - timedelta(days=60)
    return save_rule(FollowUpRule(code=code, **given), starts_at=since, by=None)


def dispatched(
    case: Case, unit: Unit, *assisting: Unit, matter: Matter | None = None, by: User
) -> WorkOrder:
    """The case sent to its main unit and to those that assist."""
    sending = Sending(unit, assisting, matter, "核实并答复客户")
    return dispatch_case(case, sending, seen=case.revision, by=by)


def signed_and_answered(order: WorkOrder, *, by: User) -> WorkOrder:
    """The order signed for and answered by one person of the unit."""
    sign_order(order, by=by)
    answer_order(order, "已核实并联系客户", signature=by.name, by=by)
    return order
