"""Customers of the demo: files, companies, deliveries, needs, opinions, a campaign, a duplicate."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.utils import translation

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.customers.models import (
    Care,
    Company,
    Consent,
    Customer,
    Delivery,
    FeeNotice,
    Need,
    Opinion,
    Purpose,
    RiskWarning,
    Segment,
)
from lingzhi.customers.queries.files import live
from lingzhi.customers.services.campaigns import enter, open_campaign
from lingzhi.customers.services.companies import keep_company
from lingzhi.customers.services.files import begin_file, change_file, give_manager
from lingzhi.customers.services.known import customers_for
from lingzhi.customers.services.likenesses import find_likenesses
from lingzhi.customers.services.notes import note
from lingzhi.customers.services.opinions import answer_opinion, answerers, pass_on
from lingzhi.customers.services.outreach import record_ask
from lingzhi.customers.services.segments import put_into, take_usual_segments
from lingzhi.customers.services.settling import agree_fee, compare_need, invoice_fee
from lingzhi.org.models import Assignment, Unit

COMPANIES = (
    ("杭州云帆科技有限公司", "软件"), ("湖州青禾餐饮管理有限公司", "餐饮"),
    ("宁波海澜物业服务有限公司", "物业"),
)  # fmt: skip
GOODS = (("净水机", "JS-300", 1980), ("空气净化器", "KJ-500", 2680), ("智能门锁", "MS-12", 1299))
NEEDS = (
    ("希望安装师傅能约在周末上门", "已开通周末上门时段", Need.Verdict.MET),
    ("希望滤芯到期前有提醒", "目前只在应用内提醒", Need.Verdict.PARTLY),
    ("希望退款三天内到账", "退款平均五个工作日到账", Need.Verdict.NOT_MET),
)
OPINIONS = ("说明书的字太小，老人看不清", "同小区在团购另一品牌，价格低两成", "希望增加以旧换新")
FILES = 60


@transaction.atomic
def seed_customers() -> None:
    """Fill the files of the first customers who called; the others stay as they came."""
    if Segment.objects.exists():
        return
    draw = Random(17)  # noqa: S311 invented data
    manager = _holder("quality_manager")
    with translation.override("zh-hans"):
        take_usual_segments(by=manager)
    agents = list(User.objects.filter(assignments__role="agent").order_by("staff_no")[:8])
    companies = [
        keep_company(Company(name=name, business=business), by=manager)
        for name, business in COMPANIES
    ]
    customers = list(live().order_by("pk")[:FILES])
    for number, customer in enumerate(customers):
        agent = agents[number % len(agents)]
        _file(customer, number, companies, agent)
        _deliver(customer, number, draw)
        if number % 4 == 0:
            give_manager(customer, agent, by=manager)
            _look_after(customer, number, agent)
    _opinions(customers, agents[0])
    _campaign(customers, agents, manager)
    _duplicate(companies[0], agents[0])


def _holder(role: str) -> User:
    held = Assignment.objects.filter(role=role).select_related("person")
    return held.order_by("person__staff_no")[0].person


def _file(customer: Customer, number: int, companies: list[Company], by: User) -> None:
    facts: dict[str, Any] = (
        {"preferred_channel": ("phone", "chat", "wechat")[number % 3]} if number % 5 else {}
    )
    if number % 6 == 0:
        company = companies[number // 6 % len(companies)]
        facts |= {"company": company, "post": ("采购经理", "行政主管")[number // 6 % 2]}
    if number % 15 == 7:
        facts["special_needs"] = "听力不便，请放慢语速"
    change_file(customer, by=by, **facts)
    if number % 10 == 0:
        put_into(customer, Segment.objects.get(code="vip"), by=by)
    if number % 9 == 4:
        is_given = number % 2 == 0
        purpose = Purpose.MARKETING if is_given else ""
        words = "同意接收新品信息" if is_given else "请不要再打电话"
        note(Consent(customer=customer, purpose=purpose, is_given=is_given, words=words), by=by)


def _deliver(customer: Customer, number: int, draw: Random) -> None:
    for at in range(draw.choice((0, 1, 1, 2, 3))):
        name, code, price = draw.choice(GOODS)
        on = today() - timedelta(days=draw.randrange(10, 900))
        note(
            Delivery(
                customer=customer, kind=Delivery.Kind.PRODUCT, number=f"DD{number:03}-{at}",
                name=name, code=code, amount=price, delivered_on=on,
            ),
            by=None,
        )  # fmt: skip
    if number % 12 == 0:
        on = today() - timedelta(days=400 + number)
        ended = on + timedelta(days=365) if number % 24 else None
        note(
            Delivery(
                customer=customer, kind=Delivery.Kind.CONTRACT, number=f"HT{number:03}",
                name="净水设备年度维保", amount=36000, delivered_on=on, ended_on=ended,
            ),
            by=None,
        )  # fmt: skip


def _look_after(customer: Customer, number: int, by: User) -> None:
    words, provided, verdict = NEEDS[number // 4 % len(NEEDS)]
    need = note(Need(customer=customer, source=Need.Source.CONTACT, words=words), by=by)
    if number % 8 == 0:
        compare_need(need, provided=provided, verdict=verdict, by=by)
    again = today() + timedelta(days=30)
    care = Care(
        customer=customer, kind=Care.Kind.CALL, words="节前问候，介绍以旧换新", next_on=again
    )
    note(care, by=by)
    fee = FeeNotice(
        customer=customer, matter="上门清洗", amount=120, method="按次收费", rights="不满意可重做"
    )
    note(fee, by=by)
    agree_fee(fee, by=by)
    if number % 8 == 0:
        invoice_fee(fee, invoice=f"0330{number:04}", by=by)
        warning = RiskWarning(
            customer=customer, risk="冒充客服退款", channel="sms", is_acknowledged=True,
            words="我们不会要求您转账或提供验证码",
        )  # fmt: skip
        note(warning, by=by)
        record_ask(customer, Purpose.SURVEY, channel="phone", by=by)


def _opinions(customers: list[Customer], by: User) -> None:
    unit = Unit.objects.get(code="centre")
    for customer, words in zip(customers[::7], OPINIONS, strict=False):
        kind = Opinion.Kind.MARKET if "团购" in words else Opinion.Kind.OPINION
        pass_on(Opinion(customer=customer, kind=kind, words=words, unit=unit), by=by)
    first = Opinion.objects.order_by("pk")[0]
    answer_opinion(first, answer="新版说明书已放大字号，随下批货发出", by=answerers(unit)[0])


def _campaign(customers: list[Customer], agents: list[User], by: User) -> None:
    campaign = open_campaign(today().year - 1, gift="台历与保温杯", by=by)
    bought = [one for one in customers if one.delivery_rows.exists()]
    for number, customer in enumerate(bought[:25]):
        plan = ("明年计划更换两台净水机", "暂无计划", "打算给分店各装一台")[number % 3]
        on = campaign.from_on + timedelta(days=number % 20)
        amount = None if plan == "暂无计划" else Decimal(3960)
        enter(
            campaign,
            customer,
            gift_on=on,
            plan=plan,
            amount=amount,
            by=agents[number % len(agents)],
        )


def _duplicate(company: Company, by: User) -> None:
    """One person with two files: by phone and by e-mail."""
    customers_for([{"phone": "13700006688", "name": "沈一诺"}])
    begin_file({"email": "shen@example.com", "name": "沈一诺"}, by=by, company=company)
    first = live().filter(identifiers__masked="137****6688").get()
    change_file(first, by=by, company=company)
    find_likenesses()
