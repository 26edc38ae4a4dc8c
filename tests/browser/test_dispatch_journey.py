"""A call becomes a case for two units: returned, sent again, signed for, urged, answered, reviewed,
called back, closed; then a visit on a phone screen."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lingzhi.accounts.models import User
from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Case, Visit
from lingzhi.cases.services.directory import MatterGiven, set_matter
from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.org.services import assign_role
from tests.browser.test_accessibility import problems_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def case(cast) -> Case:
    """Registered from a call by Bo; the directory knows the matter."""
    talk = make_contact("CALL-1")
    Contact.objects.filter(pk=talk.pk).update(agent=cast.bo, unit=cast.first)
    case = make_case(
        by=cast.bo, unit=cast.hotline, type_code="demand", handler=cast.bo, contact=talk
    )
    set_matter(MatterGiven("delivery", "快递配送", cast.second, words="包裹"), by=cast.quan)
    return case


def test_from_the_call_to_the_closed_case(enter, cast, case):
    assign_role(cast.ines, "supervisor", cast.hotline, from_on=LONG_AGO, by=None)

    def as_(person: User) -> Page:
        page: Page = enter(person)
        page.goto(f"/cases/{case.pk}/")
        return page

    def leave(page: Page) -> None:
        page.context.clear_cookies()

    def send(page: Page) -> None:
        page.select_option("#id_assisting", str(cast.first.pk))
        page.click(f"form[action$='/{case.pk}/dispatch/'] button")
        expect(page.locator("h1")).to_contain_text("待签收")

    page = as_(cast.bo)
    expect(page.locator("#orders")).to_contain_text("派单目录建议：快递配送 → 二组")
    send(page)
    leave(page)

    page = as_(cast.cai)  # not theirs, they say
    page.click("#orders lz-confirm > button:has-text('退单')")
    dialog = page.locator("dialog[open], dialog:popover-open")
    dialog.locator("textarea").fill("地址不在本组辖区")
    dialog.locator("button[type=submit]").click()
    expect(page.locator("tbody")).to_contain_text("派单已退回")
    leave(page)

    page = as_(cast.bo)
    expect(page.locator("h1")).to_contain_text("待派单")
    send(page)
    leave(page)

    page = as_(cast.chen)
    page.click("#orders button:has-text('签收')")
    expect(page.locator("h1")).to_contain_text("办理中")
    leave(page)

    page = as_(cast.bea)  # the first team signs and answers its part
    page.click("#orders button:has-text('签收')")
    page.fill("#id_answer", "仓库已出库")
    page.click("#orders button:has-text('反馈')")
    leave(page)

    page = as_(cast.bo)
    page.click("lz-confirm > button:has-text('催办')")
    dialog = page.locator("dialog[open], dialog:popover-open")
    dialog.locator("textarea").fill("客户再次来电")
    dialog.locator("button[type=submit]").click()
    expect(page.locator("#orders")).to_contain_text("已催办 1 次")
    leave(page)

    page = as_(cast.chen)
    page.fill("#id_answer", "包裹已送达并致歉")
    page.click("#orders button:has-text('反馈')")
    expect(page.locator("h1")).to_contain_text("待审核")
    leave(page)

    page = as_(cast.ines)  # by other hands
    page.click("button:has-text('审核通过')")
    expect(page.locator("h1")).to_contain_text("待回访")
    leave(page)

    page = as_(cast.bo)
    expect(page.locator("#call-back")).to_be_visible()
    page.select_option("#id_outcome", "reached")
    page.select_option("#id_is_contacted", "yes")
    page.select_option("#id_is_solved", "yes")
    page.select_option("#id_satisfaction", "satisfied")
    page.click("#call-back button.btn-primary")
    page.click("button[value=close]")
    expect(page.locator("h1")).to_contain_text("已办结")
    case.refresh_from_db()
    assert (case.kind, case.satisfaction) == ("closed", "satisfied")
    page.goto("/cases/dispatch-board/")
    expect(page.locator("tbody")).to_contain_text("二组")


def test_a_visit_on_a_phone(enter, cast, case):
    """Agreed, found among one's own, late and told so, done with a photo; then the case knows."""
    page: Page = enter(cast.bo)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/cases/{case.pk}/")
    page.get_by_role("link", name="约定上门").click()
    begins = timezone.localtime(now()) + timedelta(minutes=5)
    page.fill("#id_begins_at", f"{begins:%Y-%m-%dT%H:%M}")
    page.fill("#id_ends_at", f"{begins + timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.select_option("#id_engineer", str(cast.bo.pk))
    page.fill("#id_place", "云栖路 1 号")
    page.click("form.lz-form button.btn-primary")
    expect(page.locator("h1")).to_contain_text("已约定")
    page.goto("/cases/visits/mine/")
    page.get_by_role("link", name="云栖路 1 号").click()
    page.click("text=我已出发")
    page.click("text=已告知客户将晚到")
    expect(page.locator("main")).to_contain_text("已告知延迟")
    visit = Visit.objects.get()
    assert problems_of(page, f"/cases/visits/{visit.pk}/", 390) == []
    page.click("text=我已到达")
    page.set_input_files("#photo", {"name": "a.png", "mimeType": "image/png", "buffer": PNG})
    page.click("text=保存照片")
    page.fill("#id_result", "已修好")
    page.fill("#id_confirmed_by", "周女士")
    page.click("text=完成并确认")
    expect(page.locator("h1")).to_contain_text("已完成")
    assert visit.photos.count() == 1
    page.get_by_role("link", name=case.title).click()
    expect(page.locator("section", has_text="处理过程").last).to_contain_text("已修好")
    paths = [f"/cases/{case.pk}/", "/cases/visits/", "/cases/visits/mine/", "/cases/directory/"]
    assert [one for path in paths for one in problems_of(page, path, 390)] == []


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "000000000500010d0a2db40000000049454e44ae426082"
)
