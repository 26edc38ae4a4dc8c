"""Cases of the demo's conversations: some running, some waiting, some late, some closed."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseType
from lingzhi.cases.queries.steps import missing_for
from lingzhi.cases.services.clocks import reckon, repeat_dues
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.core.clock import now
from lingzhi.demo.fields import said_by

CASES = 60
FAULTS = {"扫地机无法充电": "C1"}
AREAS = ("徐汇区", "浦东新区", "西湖区", "余杭区", "滨江一带")  # the last stands in no dictionary
MATTERS = (
    ("order", "包裹迟迟未送达", "订单显示运输中，已三天没有更新", "尽快送达并说明原因"),
    ("repair", "扫地机无法充电", "充电两小时后仍无法开机", "上门维修或更换"),
    ("business", "多次来电未获答复", "客户称前两次来电承诺回电均未收到", "当面道歉并给出方案"),
    ("technical", "应用登录后闪退", "更新到最新版后打开即退出", "恢复使用"),
    ("business", "更改配送地址", "收货地址填写有误", "改送新地址"),
    ("enquiry", "会员积分如何兑换", "找不到积分兑换入口", "告知兑换方法"),
    ("outage", "支付页面无法打开", "多位客户反映支付超时", "恢复支付"),
    ("suggestion", "希望增加夜间配送", "白天无人在家收货", "增加夜间配送时段"),
)


def seed_cases() -> None:
    """Sixty cases from the newest conversations, each as far as chance takes it."""
    lay_built_ins(by=None)
    if Case.objects.exists():
        return
    chance = random.Random(20261124)  # noqa: S311 the same demo every time
    types = {one.code: one for one in CaseType.objects.all()}
    for number, contact in enumerate(_talks()):
        code, title, description, demand = MATTERS[number % len(MATTERS)]
        agent = contact.agent
        assert agent is not None
        assert contact.unit is not None
        opening = Opening(
            type=types[code], title=title, unit=contact.unit, description=description,
            demand=demand, contact=contact, handler=None if number % 12 == 5 else agent,
            fault_code=FAULTS.get(title, ""), area=AREAS[number % 5] if number % 3 == 0 else "",
            own=said_by(code, number),
        )  # fmt: skip
        case = open_case(opening, by=agent)
        if case.handler is not None:
            _work(case, agent, chance.choice(("open", "working", "working", "waiting", "closed")))
    _make_late()
    watch_clocks()


def _talks() -> Iterator[Contact]:
    rows = conversations(Contact.objects.filter(agent__isnull=False, unit__isnull=False))
    yield from rows.select_related("agent", "unit", "channel", "customer")[:CASES]


def _work(case: Case, agent: User, how_far: str) -> None:
    """Told, and moved along the first way of the flow; a closed one is told the result, too."""
    told = Told("已登记并转专人核实，核实后电话告知", now() + timedelta(hours=30), "phone")
    tell_customer(case, told, seen=case.revision, by=agent)
    if how_far == "open":
        return
    for _step in range(4):
        if case.is_over or not _go_on(case, agent, how_far):
            break
    if case.is_over:
        tell_customer(case, Told("问题已解决，已告知客户"), seen=case.revision, by=agent)
        record_answer(case, "satisfied", seen=case.revision, by=agent)
        move_case(case, "close", seen=case.revision, by=agent)


def _go_on(case: Case, agent: User, how_far: str) -> bool:
    """One step towards the aim; False where it is reached."""
    steps = {one.code: one for one in case.version.read().from_state(case.state)}
    aim = {"waiting": "wait", "closed": "solve"}.get(how_far, "")
    wanted = [aim, "register", "classify", "assign", "begin"]
    code = next((one for one in wanted if one in steps), "")
    if not code or missing_for(case, steps[code]):
        return False
    reason = "等客户补充材料" if steps[code].asks_reason else ""
    move_case(case, code, seen=case.revision, reason=reason, by=agent)
    return code != "wait"


def _make_late() -> None:
    """Some were opened days ago by the clock: their times have run over."""
    running = Case.objects.filter(kind=Case.Kind.OPEN).order_by("pk")
    for case in running[::4]:
        _set_back(case, now() - timedelta(days=9))


def _set_back(case: Case, at: datetime) -> None:
    """As if everything about it had happened at `at`."""
    case.events.update(at=at)
    Case.objects.filter(pk=case.pk).update(opened_at=at)
    for clock in case.clocks.exclude(state="ended").select_related("rule", "calendar"):
        clock.events.update(at=at)
        type(clock).objects.filter(pk=clock.pk).update(opened_at=at)
        reckon(clock)
    repeat_dues(case)
