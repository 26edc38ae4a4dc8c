"""A product complaint goes through four departments with its printed form; a regulator's has a
clock of its own."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lingzhi.cases.models import Complaint, FormTemplate, PaperForm
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.laying import lay_duties
from lingzhi.cases.services.paper import begin_form
from lingzhi.cases.tests.complaining import complain, fresh, taken_on, verified
from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import now
from lingzhi.org.services import assign_role, found_calendar

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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


def test_a_complaint_goes_through_four_departments(enter, cast, route):
    page: Page = enter(cast.bo)
    page.goto("/cases/complaints/new/")
    expect(page.locator("section", has_text="接待要领")).to_contain_text("保持冷静")
    page.get_by_label("主题").fill("空调不制冷")
    page.get_by_label("投诉内容").fill("换过两次压缩机仍不制冷")
    page.get_by_label("投诉来源").select_option("12315")
    page.get_by_label("对方编号").fill("XF-2026-77")
    page.get_by_label("对方要求的答复期限").fill("2030-01-01T10:00")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/complaints/mine/")
    made = Complaint.objects.get()
    expect(page.locator("#rows")).to_contain_text(made.case.number)
    assert made.case.clocks.filter(kind="statutory").exists()

    made = verified(taken_on(fresh(made), by=cast.ada), by=cast.ada)
    begin_form(made, FormTemplate.objects.get(code="complaint_form"), by=cast.ada)
    paper = PaperForm.objects.get()
    for person in route:
        page.context.clear_cookies()
        enter(person)
        page.goto(f"/cases/complaints/forms/{paper.pk}/")
        page.get_by_role("textbox").last.fill(f"同意（{person.name}）")
        page.get_by_role("button", name="签署本栏").click()
        page.wait_for_load_state("networkidle")
    page.goto(f"/cases/complaints/{made.pk}/")
    expect(page.locator("section", has_text="会签完成").last).to_contain_text("客户抱怨处理表")
    paper.refresh_from_db()
    assert paper.signed.count() == 4
    page.get_by_role("link", name="客户抱怨处理表").click()
    printed = page.request.get(page.get_by_role("link", name="打印为 PDF").get_attribute("href"))
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF")


def test_a_regulators_case_is_answered_under_its_own_number(enter, cast, route):
    made = complain(
        by=cast.bo, source="regulator", source_number="JG-2026-8",
        source_body="市场监管局", statutory_due_at=now() + timedelta(days=5),
    )  # fmt: skip
    taken_on(made, by=cast.ada)
    page: Page = enter(cast.ada)
    page.goto("/cases/complaints/")
    page.get_by_role("link", name=made.case.title).click()
    expect(page.locator("main")).to_contain_text("JG-2026-8")
    clocks = page.locator("section", has_text="时限").filter(has_text="答复主管部门时限")
    expect(clocks).to_contain_text("运行中")
    page.get_by_role("link", name="答复主管部门", exact=True).click()
    page.get_by_label("对主管部门的答复内容").fill("已上门核实并退货，附检测记录")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("答复主管部门时间")
    clock = made.case.clocks.get(kind="statutory")
    assert (clock.verdict, fresh(made).answered_source_at is not None) == ("met", True)
