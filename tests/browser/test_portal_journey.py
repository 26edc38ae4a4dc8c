"""A complaint is sent from a phone without an account, answered by staff, rated and finished."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lingzhi.cases.factories import step, with_flows
from lingzhi.cases.models import Case, Complaint
from lingzhi.cases.tests.complaining import decided, fresh
from lingzhi.conftest import LONG_AGO
from lingzhi.knowledge.factories import make_article
from lingzhi.org.services import assign_role
from lingzhi.portal.forms import public
from lingzhi.portal.tests.opening import open_portal
from tests.browser.test_accessibility import problems_of

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]  # fmt: skip
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def ready(cast, monkeypatch) -> None:
    """The portal is open, Nora settles complaints, and forms are filled in quickly."""
    monkeypatch.setattr(public, "SOONEST", 0)
    with_flows()
    make_article("净水器漏水先做什么", text="先关闭进水阀。")
    assign_role(cast.nora, "complaint_officer", cast.hotline, from_on=LONG_AGO, by=None)
    portal = open_portal(cast)
    portal.receiver = cast.nora
    portal.save()


def complain(page: Page) -> str:
    """From the first page to the number and the code; the address of the matter."""
    page.set_viewport_size(PHONE)
    page.goto("/portal/")
    page.get_by_role("searchbox").fill("净水器漏水了怎么办")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("main")).to_contain_text("净水器漏水先做什么")
    page.goto("/portal/")
    page.locator("a[href$='/write/complaint/']").first.click()
    page.locator("[name=title]").fill("约好上门没有人来")
    page.locator("[name=text]").fill("等了一天，没有人来，也没有电话。")
    leak = {"name": "leak.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n..."}
    page.locator("[name=papers]").set_input_files(leak)
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/follow/**")
    expect(page.locator("main")).to_contain_text(Case.objects.get().number)
    return page.url.split("?")[0]


def told(page: Page, case: Case, words: str) -> None:
    """Staff tell the customer, on the page of the case."""
    page.goto(f"/cases/{case.pk}/")
    page.locator("[name=method]").fill(words)
    if page.locator("[name=expected_at]").count():
        until = timezone.localtime(timezone.now() + timedelta(days=2))
        page.locator("[name=expected_at]").fill(until.strftime("%Y-%m-%dT%H:%M"))
        page.locator("[name=way]").select_option("app")
    page.locator("form[action$='/tell/'] button").click()
    expect(page.locator("#messages")).to_be_visible()


def test_a_complaint_is_followed_to_its_end(tab, enter, cast, ready):
    address = complain(tab)
    case = Case.objects.get()
    page = enter(cast.nora)
    told(page, case, "已转上门服务部核实，后天前答复您")
    decided(fresh(Complaint.objects.get()), by=cast.nora)
    case.refresh_from_db()
    told(page, case, "已重新预约明天上门，并免收上门费")
    tab.context.clear_cookies()
    tab.goto(address)
    expect(tab.locator("main")).to_contain_text("已重新预约明天上门")
    expect(tab.locator("main")).not_to_contain_text("Nora")
    tab.locator("[name=satisfaction][value=satisfied]").check()
    tab.locator("[name=handling][value=satisfied]").check()
    tab.locator("form[action$='/answer/'] button").click()
    expect(tab.get_by_role("status")).to_be_visible()
    case.refresh_from_db()
    assert case.satisfaction == Case.Satisfaction.SATISFIED
    step(case, "close", by=cast.nora)
    tab.goto(address)
    expect(tab.locator("[aria-current=step]")).to_contain_text("已完成")
    path = address[address.index("/portal/") :]
    pages = ("/portal/", "/portal/write/complaint/", "/portal/improvements/", path)
    assert [each for one in pages for each in problems_of(tab, one, PHONE["width"])] == []
