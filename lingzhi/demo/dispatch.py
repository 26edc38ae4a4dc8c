"""Dispatch of the demo: a directory, orders of this month in every state, visits, sheets."""

import random
from datetime import datetime, timedelta

from django.db.models import F

from lingzhi.accounts.models import User
from lingzhi.approvals.services import set_chain
from lingzhi.cases.models import Case, CaseEvent, CaseType, Clock, ClockEvent, WorkOrder
from lingzhi.cases.queries.dispatch import main_order, return_reasons
from lingzhi.cases.services.afterwards import begin_sheet, mark_major, open_process_review
from lingzhi.cases.services.calling_back import CalledBack, call_back
from lingzhi.cases.services.clocks import repeat_dues
from lingzhi.cases.services.directory import MatterGiven, set_dispatch, set_matter
from lingzhi.cases.services.dispatching import Sending, dispatch_case
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.order_reviews import pass_review, redo_case
from lingzhi.cases.services.order_work import answer_order, return_order, sign_order
from lingzhi.cases.services.secrecy import hide_complainant
from lingzhi.cases.services.urging import urge_case
from lingzhi.cases.services.visits import Appointment, arrive, finish_visit, plan_visit, set_out
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.core.clock import now, today
from lingzhi.org.models import Unit

CASES, AFTER = 40, 60  # conversations, after those that other cases came from
OFFICER, MANAGER = "9003", "7002"
MATTERS = (
    ("battery", "电池与充电故障", "充电\n电池", "产品质量法 第四十条", 3, "扫地机充不进电"),
    ("install", "上门安装", "安装", "安装服务规范 3.2", 2, "预约安装一直无人上门"),
    ("repair", "上门维修", "维修\n漏水", "三包规定 第九条", 5, "净水器维修后仍漏水"),
    ("delivery", "配送时效", "配送\n未送达", "快递暂行条例 第二十四条", 2, "配送超时未送达"),
)
ANSWER = "已联系客户并更换配件，试机正常。"
STAGES = ("closed", "closed", "passed", "answered", "signed", "sent", "redone", "returned")


def seed_dispatch() -> None:
    """Some fifty cases sent to units, as far as chance takes each."""
    if WorkOrder.objects.exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    units = _directory(manager)
    chance = random.Random(20261201)  # noqa: S311 the same demo every time
    rows = conversations(Contact.objects.filter(agent__isnull=False, unit__isnull=False))
    talks = rows.select_related("agent", "unit", "channel", "customer")[AFTER : AFTER + CASES]
    cases = []
    for number, talk in enumerate(talks):
        case = _case(talk, units, number, manager)
        _set_back(case, chance, number)
        cases.append(case)
    if cases:
        _visits(cases, units[0])
        _beside(cases, units[1], manager)


def _directory(manager: User) -> list[Unit]:
    """The units that handle, the directory, the settings, the chain for exclusions."""
    technical = Unit.objects.get(code="aftersales-tech")
    teams = list(Unit.objects.filter(kind="team").order_by("pk")[:2])
    for number, (code, name, words, ground, days, _title) in enumerate(MATTERS):
        unit = teams[0] if number == len(MATTERS) - 1 else technical
        helpers = [teams[1]] if number == 1 else []
        given = MatterGiven(code, name, unit, words, None, helpers, ground, days)
        set_matter(given, by=manager)
    set_dispatch({"major_words": "人身伤害\n群体投诉\n媒体曝光"}, by=manager)
    set_chain("cases.exclude_order", ["quality_manager"], by=manager)
    return [technical, *teams]


def _case(talk: Contact, units: list[Unit], number: int, manager: User) -> Case:
    agent = talk.agent
    assert agent is not None
    code, name, _words, _ground, _days, title = MATTERS[number % len(MATTERS)]
    opening = Opening(
        type=CaseType.objects.get(code="demand"), title=title, handler=agent, contact=talk,
        unit=Unit.objects.get(code="centre"), description=f"客户来电反映{title}，要求尽快处理",
        demand="尽快处理并答复",
    )  # fmt: skip
    case = open_case(opening, by=agent)
    unit = units[1] if code == "delivery" else units[0]
    helpers = [units[2]] if number % 4 == 1 else []
    sending = Sending(unit, helpers, None, f"请核实{name}并答复客户")
    dispatch_case(case, sending, seen=case.revision, by=agent)
    _work(case, STAGES[number % len(STAGES)], number, manager)
    return case


def _work(case: Case, stage: str, number: int, manager: User) -> None:
    """The case as far as its stage; people of the units sign for it and answer."""
    officer = User.objects.get(staff_no=OFFICER)
    if number % 5 == 0 and case.handler:
        urge_case(case, "客户再次来电催办", by_customer=True, seen=case.revision, by=case.handler)
    if stage == "returned":
        order = main_order(case)
        reason = return_reasons()[number % 3]
        if order is not None:
            return_order(order, reason, words="经核实应由其他单位办理", by=officer)
        return
    if stage == "sent":
        return
    for order in list(case.orders.filter(ending="").order_by("role")):
        sign_order(order, by=officer)
        if stage != "signed":
            answer_order(
                order, "已联系客户并更换配件，试机正常。", signature=officer.name, by=officer
            )
    case.refresh_from_db()
    if stage in ("signed", "answered"):
        return
    if stage == "redone":
        redo_case(case, reason="未核实客户所述时间，请补充", seen=case.revision, by=manager)
        return
    pass_review(case, seen=case.revision, by=manager)
    if stage == "closed":
        _close(case, number)


def _close(case: Case, number: int) -> None:
    agent = case.owner
    says = "objects" if number % 9 == 0 else "satisfied"
    said = CalledBack(
        "reached", f"外呼 {1000 + number}", number % 7 != 0, says == "satisfied", says,
        "答复太慢" if says == "objects" else "",
    )  # fmt: skip
    call_back(case, said, seen=case.revision, by=agent)
    move_case(case, "close", seen=case.revision, by=agent)


def _set_back(case: Case, chance: random.Random, number: int) -> None:
    """As if it had happened earlier this month; now and then a unit was late."""
    back = timedelta(days=chance.random() * max(today().day - 1, 1))
    orders = WorkOrder.objects.filter(case=case)
    for name in ("sent_at", "signed_at", "answered_at", "ended_at", "return_until", "due_at"):
        orders.update(**{name: F(name) - back})
    if number % 6 == 3:
        orders.filter(signed_at__isnull=False).update(is_signed_in_time=False)
        signed = Clock.objects.filter(order__case=case, kind="sign_in", verdict="met")
        signed.update(verdict="late", due_at=F("ended_at") - timedelta(hours=1))
    if number % 7 == 2:
        orders.filter(answered_at__isnull=False).update(is_answered_in_time=False)
        answered = Clock.objects.filter(order__case=case, kind="handling", verdict="met")
        answered.update(verdict="late", due_at=F("ended_at") - timedelta(days=1))
    CaseEvent.objects.filter(case=case).update(at=F("at") - back)
    ClockEvent.objects.filter(clock__case=case).update(at=F("at") - back)
    names = ("opened_at", "due_at", "warn_at", "judged_at", "ended_at")
    Clock.objects.filter(case=case).update(**{name: F(name) - back for name in names})
    times = ("opened_at", "solved_at", "fed_back_at", "closed_at")
    Case.objects.filter(pk=case.pk).update(**{name: F(name) - back for name in times})
    repeat_dues(case)


def _visits(cases: list[Case], unit: Unit) -> None:
    """A day of the engineer: one visit done, two agreed, and maintenance tomorrow."""
    engineer = User.objects.get(staff_no=OFFICER)
    begins = _next_hour()
    for number, case in enumerate(cases[3:6]):
        start = begins + timedelta(hours=2 * number)
        end = start + timedelta(hours=2)
        agreed = Appointment(
            engineer, unit, case.title, f"云栖路 {number + 1} 号", start, end, case,
        )  # fmt: skip
        visit = plan_visit(agreed, by=case.owner)
        if number == 0:
            set_out(visit, by=engineer)
            arrive(visit, by=engineer)
            finish_visit(visit, "更换电池，试机正常", confirmed_by="周女士", by=engineer)
    start = begins + timedelta(days=1)
    plan_visit(
        Appointment(engineer, unit, "门店净水设备季度保养", "云栖路 9 号", start,
                    start + timedelta(hours=3)),
        by=engineer,
    )  # fmt: skip


def _next_hour() -> datetime:
    return now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _beside(cases: list[Case], team: Unit, manager: User) -> None:
    """A missing sheet, a major matter, an internal review, a hidden complainant."""
    first, second, third = cases[0], cases[1 % len(cases)], cases[2 % len(cases)]
    begin_sheet(first, team, "电话请班组当场改派车辆", by=first.owner)
    mark_major(second, "同一小区多户反映，可能引发群体投诉", by=second.owner)
    open_process_review(third, "安装预约与派工衔接", manager_of(manager), by=third.owner)
    if len(cases) > 5:
        hide_complainant(cases[5], ground="客户要求不向承办单位透露身份", by=cases[5].owner)


def manager_of(manager: User) -> User:
    """An inspector reviews the process, else the manager does."""
    return User.objects.filter(staff_no="7004").first() or manager
