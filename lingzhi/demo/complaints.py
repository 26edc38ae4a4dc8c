"""Complaints of the demo: a product complaint through four departments, a regulator's, others."""

from datetime import timedelta
from decimal import Decimal

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Cause, Complaint, FormTemplate
from lingzhi.cases.queries.paper import section_due, signers_of
from lingzhi.cases.services.complaint_steps import analyse, assess, find, verify_facts
from lingzhi.cases.services.complaints import Registration, register_complaint
from lingzhi.cases.services.goods import ask_return, move_return, note_goods
from lingzhi.cases.services.laying import lay_duties
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.paper import begin_form, facts_of, sign_section
from lingzhi.cases.services.remedies import offer_remedy
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.services.working import assign_case
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.core.clock import now, today

PRODUCT = ("空调不制冷", "新机换过两次压缩机仍不制冷", "退货", "important", "inside")
SETTLED = ("发票抬头开错", "两次联系客服均未更正", "重开发票并寄送", "ordinary", "inside")
MATTERS = (
    ("客服态度生硬", "客户称来电时被多次打断，且未致歉", "当面致歉", "ordinary", "inside"),
    ("承诺回电未兑现", "三天内两次承诺回电均未接到", "说明原因并赔偿", "important", "inside"),
    ("重复扣取会员费", "同一会员费被扣两次，退款迟迟未到", "退还并赔偿", "important", "12315"),
    ("个人信息疑似泄露", "投诉后不久接到多个推销电话", "查明原因并书面答复", "major", "regulator"),
    ("配送丢件无人处理", "包裹显示签收但本人未收到", "补发", "ordinary", "12345"),
)


def seed_complaints() -> None:
    """Seven complaints, as far as each has come."""
    if Complaint.objects.exists():
        return
    lay_duties("s04", by=None)
    rows = conversations(Contact.objects.filter(agent__isnull=False, unit__isnull=False))
    talks = list(rows.select_related("agent", "unit", "channel", "customer")[10:45:5])
    _through_departments(_register(talks[0], PRODUCT))
    for talk in talks[6:7]:
        _to_the_end(_register(talk, SETTLED))
    for talk, matter in zip(talks[1:6], MATTERS, strict=False):
        _register(talk, matter)


def _register(talk: Contact, matter: tuple[str, ...]) -> Complaint:
    title, description, demand, grade, source = matter
    agent = talk.agent
    assert agent is not None
    is_outside = source != "inside"
    given = Registration(
        title, description, demand=demand, grade=grade, source=source, contact=talk,
        source_number=f"ZB{today():%Y%m%d}{talk.pk:04d}" if is_outside else "",
        source_body="市场监督管理局" if is_outside else "",
        statutory_due_at=now() + timedelta(days=7) if is_outside else None,
        accused_unit=talk.unit, is_apologised=True,
        told=Told("已登记，两个工作日内告知核实情况", now() + timedelta(days=2), "phone"),
    )  # fmt: skip
    return register_complaint(given, by=agent)


def _leader(complaint: Complaint) -> User:
    held = User.objects.filter(assignments__unit=complaint.case.unit)
    return held.filter(assignments__role="team_leader").order_by("pk")[0]


def _take_on(complaint: Complaint, first: str, leader: User) -> None:
    """Acknowledged, assessed, and in investigation by the leader."""
    _step(complaint, "acknowledge", leader)
    assess(_fresh(complaint), first, by=leader)
    case = _case(complaint)
    assign_case(case, leader, seen=case.revision, by=leader)
    _step(complaint, "assess", leader)
    _step(complaint, "investigate", leader)


def _to_the_end(complaint: Complaint) -> None:
    """Settled within the day, with every step that the regulation demands."""
    leader = _leader(complaint)
    _take_on(complaint, "情节轻微，当日可办", leader)
    verify_facts(_fresh(complaint), "系统记录属实，两次工单均未流转", by=leader)
    _step(complaint, "respond", leader)
    analyse(_fresh(complaint), "更正发票的工单未设提醒", by=leader)
    cause = Cause.objects.get(code="human_late")
    find(_fresh(complaint), "upheld", "属实，当日重开发票并寄送，致歉", cause, by=leader)
    _step(complaint, "decide", leader)
    case = _case(complaint)
    tell_customer(case, Told("发票已重开并寄出，向您致歉"), seen=case.revision, by=leader)
    record_answer(case, "satisfied", seen=case.revision, by=leader)
    _step(complaint, "close", leader)


def _through_departments(complaint: Complaint) -> None:
    """Investigated by the leader of the team, with goods on their way back and a form signed by
    the first departments."""
    leader = _leader(complaint)
    _take_on(complaint, "批量产品，影响较大，先行核实同批次", leader)
    _note_goods(complaint, leader)
    verify_facts(
        _fresh(complaint), "上门检测三台，压缩机焊点虚焊", is_cause_confirmed=True, by=leader
    )
    analyse(_fresh(complaint), "乙班焊接参数偏移", "增加焊点抽检与开机压力测试", by=leader)
    offer_remedy(_fresh(complaint), "refund", "三台全额退款", Decimal(300), by=leader)
    cause = Cause.objects.get(code="quality_make")
    laws = ["中华人民共和国产品质量法"]
    find(_fresh(complaint), "upheld", "产品质量问题成立，予以退货", cause, laws, by=leader)
    _sign_two(complaint, leader)


def _note_goods(complaint: Complaint, leader: User) -> None:
    goods = note_goods(
        complaint, product="变频空调 KFR-35", order_number="D20261102-118", part_number="YSJ-35B",
        quantity=40, defective=3, delivered_on=today() - timedelta(days=20), fault_code="E1",
        sample="压缩机一台，留存品质部样品架", made_at_unit="总装二车间", machine="三号线 / 乙班",
        made_by="总装乙班", made_on=today() - timedelta(days=45), by=leader,
    )  # fmt: skip
    move_return(ask_return(goods, 3, by=leader), "agreed", by=leader)


def _sign_two(complaint: Complaint, leader: User) -> None:
    template = FormTemplate.objects.get(code="complaint_form")
    paper = begin_form(_fresh(complaint), template, by=leader)
    facts = facts_of(_fresh(complaint))
    for opinion in ("属实，建议退货", "焊点虚焊，属质量异常"):
        section = section_due(paper)
        assert section is not None
        people = signers_of(paper, section)
        if not people:
            return
        known = {one["code"]: facts.get(one.get("fact", ""), "") for one in section["fields"]}
        sign_section(paper, {**known, "opinion": opinion}, by=people[0])


def _fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_related("case__unit", "case__version").get(pk=complaint.pk)


def _case(complaint: Complaint) -> Case:
    return _fresh(complaint).case


def _step(complaint: Complaint, step: str, by: User) -> None:
    case = _case(complaint)
    move_case(case, step, seen=case.revision, by=by)
