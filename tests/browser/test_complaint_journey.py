"""A product complaint goes through four departments with its printed form; a regulator's has a
number and a clock of its own."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lingzhi.cases.models import Complaint, PaperForm
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.laying import lay_duties
from lingzhi.cases.tests.complaining import fresh, taken_on
from lingzhi.conftest import LONG_AGO
from lingzhi.org.services import assign_role, found_calendar

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]  # fmt: skip


@pytest.fixture
def route(cast):
    """Four departments, each with one person, and the matrix that names them."""
    found_calendar()
    lay_built_ins(by=None)
    roles = {
        cast.nora: ("complaint_officer", cast.hotline),
        cast.chen: ("department_officer", cast.second),
        cast.cai: ("supervisor", cast.company),
        cast.bea: ("department_reviewer", cast.hotline),
    }
    for person, (role, unit) in roles.items():
        assign_role(person, role, unit, from_on=LONG_AGO, by=None)
    lay_duties("s04", by=cast.quan)
    return tuple(roles)


def register(page: Page, facts: dict[str, str], source: str = "inside") -> Complaint:
    """Registered on its page by whoever is signed in."""
    page.goto("/cases/complaints/new/")
    expect(page.locator("section", has_text="接待要领")).to_contain_text("保持冷静")
    page.get_by_label("投诉来源").select_option(source)
    for label, text in facts.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/complaints/mine/")
    made = Complaint.objects.get()
    expect(page.locator("#rows")).to_contain_text(made.case.number)
    return made


def act(page: Page, complaint: Complaint, name: str, facts: dict[str, str]) -> None:
    """An act on the page of the complaint, from its link to its form."""
    page.goto(f"/cases/complaints/{complaint.pk}/")
    page.locator(f"a[href$='/{complaint.pk}/{name}/']").first.click()
    for label, text in facts.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url(f"**/complaints/{complaint.pk}/")


def test_a_complaint_goes_through_four_departments(enter, cast, route):
    page: Page = enter(cast.bo)
    made = register(page, {"主题": "空调不制冷", "投诉内容": "换过两次压缩机仍不制冷"})

    page.context.clear_cookies()
    enter(cast.ada)  # takes it up, assesses it, looks into it
    page.goto(f"/cases/{made.pk}/")
    page.get_by_label("告知内容").fill("已受理，三日内答复")
    promised = timezone.localtime() + timedelta(days=3)
    page.get_by_label("预计时限").fill(f"{promised:%Y-%m-%dT%H:%M}")
    page.get_by_label("后续联系方式").select_option("phone")
    page.get_by_role("button", name="已告知客户").click()
    page.select_option("#passing [name=person]", str(cast.ada.pk))
    page.click("#passing form[action$='/assign/'] button")
    page.locator("button[name=step]", has_text="告知受理").click()
    act(page, made, "assess", {"严重性、复杂性": "影响一户，先核实"})
    page.goto(f"/cases/{made.pk}/")
    for step in ("完成初步评审", "转入调查"):
        page.locator("button[name=step]", has_text=step).click()
    goods = {"产品或服务": "KF-35 空调", "订单号": "DD-7788", "料号": "YSJ-01", "不良数量": "1"}
    act(page, made, "goods", goods)
    act(page, made, "verify", {"核实了什么": "上门检测，压缩机故障"})
    page.locator(f"a[href$='/{made.pk}/form/']").click()
    page.get_by_label("表单模板").select_option(label="客户抱怨处理表")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("section", has_text="会签中").last).to_contain_text("客户抱怨处理表")

    paper = PaperForm.objects.get()
    said: list[str] = []
    for person in route:  # each signs below what those before have signed
        page.context.clear_cookies()
        enter(person)
        page.goto(f"/cases/complaints/forms/{paper.pk}/")
        said.append(f"同意（{person.name}）")
        page.get_by_role("textbox").last.fill(said[-1])
        page.get_by_role("button", name="签署本栏").click()
        for words in ("DD-7788", *said):
            expect(page.locator("main")).to_contain_text(words)
    page.goto(f"/cases/complaints/{made.pk}/")
    expect(page.locator("section", has_text="会签完成").last).to_contain_text("客户抱怨处理表")
    paper.refresh_from_db()
    assert paper.signed.count() == 4
    page.get_by_role("link", name="客户抱怨处理表").click()
    printed = page.request.get(page.get_by_role("link", name="打印为 PDF").get_attribute("href"))
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF")


def test_a_regulators_case_is_answered_under_its_own_number(enter, cast, route):
    page: Page = enter(cast.bo)
    due = timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=5)
    facts = {
        "主题": "退款无门", "投诉内容": "退货后两个月未退款", "转办机关或媒体": "市场监管局",
        "对方编号": "JG-2026-8", "对方要求的答复期限": f"{due:%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    made = register(page, facts, "regulator")
    clock = made.case.clocks.get(kind="statutory")
    assert clock.due_at == due
    taken_on(fresh(made), by=cast.ada)

    page.context.clear_cookies()
    enter(cast.ada)
    page.goto("/cases/complaints/")
    expect(page.locator("#rows")).to_contain_text("JG-2026-8")
    page.get_by_role("link", name=made.case.title).click()
    expect(page.locator("main")).to_contain_text("市场监管局")
    expect(page.locator("main")).to_contain_text(f"{due:%Y-%m-%d %H:%M}")
    clocks = page.locator("section", has_text="时限").filter(has_text="答复主管部门时限")
    expect(clocks).to_contain_text("运行中")
    act(page, made, "authority", {"对主管部门的答复内容": "已上门核实并退货，附检测记录"})
    expect(page.locator("main")).to_contain_text("答复主管部门时间")
    clock.refresh_from_db()
    assert (clock.verdict, fresh(made).answered_source_at is not None) == ("met", True)
