"""Rules by which the demo's centre recognises its cases, and a few that were recognised."""

from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.models import CaseType, RecognitionRule
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.recognition import add_recognition
from lingzhi.cases.services.telling import Told, tell_customer
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.inspections.models import Rule
from lingzhi.inspections.queries import contacts_with
from lingzhi.org.models import Unit

HITS = ["risk.regulator", "risk.legal"]
RULES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("提到监管或法律", "demand", "", {"hits": HITS, "priority": 1}),
    ("系统故障", "outage", "无法支付\n支付超时\n打不开\n系统崩溃", {"priority": 1}),
    ("维修报修", "repair", "无法充电\n不能开机\n漏水\n异响", {"unit": "aftersales-tech"}),
    ("物流查询", "order", "未送达\n没收到\n物流\n催件", {"finds_person": True}),
    ("积分会员", "enquiry", "积分\n会员\n优惠券", {}),
)
TOLD = (
    ("包裹显示签收但没收到", "客户称快递柜无件", "核实签收人"),
    ("净水器底座漏水", "安装两周后漏水", "上门检修"),
    ("优惠券无法使用", "提示不在适用范围", "说明使用条件"),
    ("付款页面打不开", "多次刷新仍空白", "恢复付款"),
)


def seed_recognition() -> None:
    """Rules, and a case by each."""
    if RecognitionRule.objects.exists():
        return
    types = {one.code: one for one in CaseType.objects.all()}
    units = {one.code: one for one in Unit.objects.all()}
    for at, (title, code, words, more) in enumerate(RULES, start=1):
        unit = units.get(str(more.get("unit", "")))
        facts = {name: value for name, value in more.items() if name != "unit"}
        rule = RecognitionRule(
            title=title, order=at * 10, words=words, type=types[code], unit=unit, **facts
        )
        add_recognition(rule, by=None)
    agent = User.objects.get(staff_no="8002")
    for title, description, demand in TOLD:
        opening = Opening(None, title, None, description, demand, handler=agent)
        case = open_case(opening, by=agent)
        told = Told("已登记，核实后电话告知", now() + timedelta(hours=24), "phone")
        tell_customer(case, told, seen=case.revision, by=agent)
    _from_what_was_found()


def _from_what_was_found() -> None:
    """A case that is recognised by what inspection found in its conversation, if any has it."""
    rules = Rule.objects.filter(code__in=HITS).values_list("pk", flat=True)
    talks = contacts_with(Contact.objects.exclude(agent=None), list(rules))
    talk = talks.select_related("agent", "channel", "customer").order_by("-started_at").first()
    if talk is None or talk.agent is None:
        return
    opening = Opening(None, "客户称要向外反映", None, "详见联络记录", "尽快答复", contact=talk)
    case = open_case(opening, by=talk.agent)
    told = Told("已登记，今日内由专人答复", now() + timedelta(hours=8), "phone")
    tell_customer(case, told, seen=case.revision, by=talk.agent)
