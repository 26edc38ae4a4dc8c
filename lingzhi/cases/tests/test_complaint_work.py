from decimal import Decimal

import pytest
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.cases.factories import step
from lingzhi.cases.models import (
    Authority,
    Case,
    Complaint,
    FormTemplate,
    Goods,
    PaperSection,
    Remedy,
)
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.services.blames import (
    Involved,
    NotHeard,
    NotNow,
    answer_appeal,
    appeal_blame,
    decide_blame,
    hear,
    propose_blame,
)
from lingzhi.cases.services.goods import NoSuchReturnStep, ask_return, move_return, note_goods
from lingzhi.cases.services.laying import lay_duties
from lingzhi.cases.services.moving import FieldsMissing
from lingzhi.cases.services.paper import NotYourSection, begin_form, is_genuine, sign_section
from lingzhi.cases.services.remedies import (
    BeyondAuthority,
    NotAgreed,
    give_remedy,
    offer_remedy,
)
from lingzhi.cases.tests.complaining import complain, fresh, taken_on, verified
from lingzhi.core.errors import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(calendar, at):
    at("2026-11-20 10:00")


@pytest.fixture
def complaint(cast) -> Complaint:
    return verified(taken_on(complain(by=cast.bo), by=cast.ada), by=cast.ada)


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


@pytest.fixture
def four(cast, hold):
    """Business, quality, production control, manufacturing, in this order."""
    hold(cast.nora, "complaint_officer", cast.hotline)
    hold(cast.chen, "department_officer", cast.second)
    hold(cast.cai, "supervisor", cast.company)
    hold(cast.bea, "department_reviewer", cast.hotline)
    lay_duties("s04", by=cast.quan)
    return cast.nora, cast.chen, cast.cai, cast.bea


def test_a_form_goes_through_four_departments(as_, cast, four, complaint):
    facts = {"product": "空调", "quantity": 100, "defective": 3, "part_number": "KT-1"}
    note_goods(complaint, **facts, by=cast.ada)
    paper = begin_form(complaint, FormTemplate.objects.get(code="complaint_form"), by=cast.ada)
    with pytest.raises(NotYourSection):
        sign_section(paper, {}, by=four[1])
    shown = as_(four[0]).get(page("form", paper.pk)).context["form"]
    assert (shown["part"].value(), shown["defective"].value()) == ("KT-1", "3")
    for person in four:
        client = as_(person)
        assert client.post(page("form", paper.pk), {"opinion": "同意"}).status_code == 302
    paper.refresh_from_db()
    assert paper.finished_at is not None
    assert [one.signed_by for one in paper.signed.all()] == list(four)
    assert is_genuine(paper)
    PaperSection.objects.filter(code="quality").update(values={"opinion": "不同意"})
    assert not is_genuine(paper)
    assert as_(cast.ada).get(page("form_pdf", paper.pk)).status_code in (200, 409)


def test_a_decision_waits_for_the_signatures(cast, four, complaint):
    begin_form(complaint, FormTemplate.objects.get(code="exception_sheet"), by=cast.ada)
    with pytest.raises(FieldsMissing) as found:
        step(fresh(complaint).case, "decide", by=cast.ada)
    assert "forms_signed" in found.value.fields


def test_goods_come_back_state_by_state(cast, complaint):
    with pytest.raises(BadInput):
        note_goods(complaint, product="空调", quantity=2, defective=3, by=cast.ada)
    goods = note_goods(complaint, product="空调", quantity=10, defective=3, by=cast.ada)
    back = ask_return(goods, 3, by=cast.ada)
    with pytest.raises(BadInput):
        ask_return(goods, 8, by=cast.ada)
    with pytest.raises(NoSuchReturnStep):
        move_return(back, "inspected", by=cast.ada)
    with pytest.raises(BadInput):
        move_return(back, "refused", note="", by=cast.ada)
    for state in ("agreed", "received", "inspected", "settled"):
        move_return(back, state, by=cast.ada)
    assert back.is_over
    assert [one.state for one in back.steps.all()] == [
        "asked", "agreed", "received", "inspected", "settled",
    ]  # fmt: skip


def test_a_remedy_is_agreed_to_by_who_may(cast, hold, complaint, run_jobs):
    small = offer_remedy(complaint, "apology", "书面致歉", by=cast.ada)
    assert small.agreed_at is not None
    hold(cast.cai, "supervisor", cast.company)
    large = offer_remedy(complaint, "refund", "全额退款", Decimal(3000), by=cast.ada)
    with pytest.raises(NotAgreed):
        give_remedy(large, Decimal(3000), by=cast.ada)
    with pytest.raises(FieldsMissing) as found:
        step(fresh(complaint).case, "decide", by=cast.ada)
    assert "remedies_settled" in found.value.fields
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.cai)
    run_jobs()
    give_remedy(large, Decimal("2980.50"), by=cast.ada)
    assert Remedy.objects.get(pk=large.pk).cost == Decimal("2980.50")


def test_the_matrix_of_authority_goes_by_amount_and_grade(cast, complaint):
    Authority.objects.create(up_to=Decimal(100))
    Authority.objects.create(grade="ordinary", up_to=Decimal(1000), roles=["supervisor"])
    assert offer_remedy(complaint, "refund", "退", Decimal(50), by=cast.ada).approval is not None
    with pytest.raises(BeyondAuthority):
        offer_remedy(complaint, "refund", "退", Decimal(5000), by=cast.ada)


def test_responsibility_is_heard_then_decided_by_somebody_else(as_, cast, complaint):
    blame = propose_blame(complaint, cast.first, cast.bea, "未按流程检测", by=cast.ada)
    assert not cases_visible_to(cast.bea).filter(pk=complaint.pk).exists()
    with pytest.raises(Involved):
        decide_blame(blame, "属实", is_at_fault=True, by=cast.ada)
    with pytest.raises(NotHeard):
        decide_blame(blame, "属实", is_at_fault=True, by=cast.quan)
    client = as_(cast.bea)
    shown = client.get(page("blame", blame.pk))
    assert "未按流程检测" in shown.text
    assert complaint.case.description not in shown.text
    assert client.post(page("blame", blame.pk), {"words": ""}).status_code == 422
    client.post(page("blame", blame.pk), {"words": "按流程做过"})
    blame.refresh_from_db()
    decide_blame(blame, "记录不全", is_at_fault=True, by=cast.quan)
    blame.refresh_from_db()
    appeal_blame(blame, "记录在另一系统", by=cast.bea)
    with pytest.raises(Involved):
        answer_appeal(blame, "维持", is_at_fault=True, by=cast.quan)
    answer_appeal(blame, "记录属实，改判", is_at_fault=False, by=cast.cai)
    blame.refresh_from_db()
    assert (blame.is_at_fault, blame.was_at_fault) == (False, True)
    assert as_(cast.bo).get(page("blame", blame.pk)).status_code == 404


def test_only_the_person_speaks_for_themselves(cast, complaint):
    blame = propose_blame(complaint, cast.first, cast.bea, "未按流程检测", by=cast.ada)
    with pytest.raises(NotNow):
        hear(blame, "不是我", by=cast.bo)


def test_items_have_pages_of_their_own(as_, cast, complaint):
    client, seen = as_(cast.ada), complaint.case.revision
    for name in ("goods", "remedy", "blame", "form"):
        assert client.get(page("complaint_act", complaint.pk, name)).status_code == 200
    sent = {"revision": seen, "product": "空调", "quantity": 5, "defective": 1}
    client.post(page("complaint_act", complaint.pk, "goods"), sent)
    goods = Goods.objects.get()
    url = page("complaint_item", complaint.pk, "return", goods.pk)
    assert client.post(url, {"revision": seen, "quantity": 1}).status_code == 302
    back = goods.returns.get()
    step_url = page("complaint_item", complaint.pk, "return-step", back.pk)
    assert client.get(step_url).status_code == 200
    assert client.post(step_url, {"state": "agreed"}).status_code == 302
    assert client.get(page("complaint_item", complaint.pk, "return", 999_999)).status_code == 404
    shown = client.get(page("complaint", complaint.pk)).text
    assert "空调" in shown
    assert Case.objects.get(pk=complaint.pk).kind == "open"
