"""An agent appeals against an item and wins; the first score is kept, the decision is found."""

import pytest
from playwright.sync_api import Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Appeal

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def score(cast):
    talk = make_contact("BO-1", agent="1002", turns="客户:我要退款\n客服:马上为您办\n客户:好")
    return make_review(talk, make_sheet(cast.quan), by=cast.ines, lead=cast.quan, solve="no")


def leave(page: Page) -> None:
    page.context.clear_cookies()


def test_an_appeal_is_won(enter, cast, score):
    page: Page = enter(cast.bo)
    page.goto(f"/inspections/reviews/{score.pk}/")
    expect(page.locator("section", has_text="申诉期至")).to_contain_text("还可申诉 1 次")
    page.get_by_role("link", name="申诉", exact=True).last.click()
    page.wait_for_url("**/appeal/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("1")
    item = page.locator("[data-item=solve]")
    expect(item.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#turn-2")).to_have_attribute("aria-current", "true")
    page.keyboard.press("e")
    expect(item.locator(".lz-item-turns")).to_have_value("2")
    item.get_by_role("textbox").first.fill("第二句已答应办理")
    page.get_by_role("button", name="提交申诉").click()
    expect(page.locator(".lz-claim")).to_contain_text("第二句已答应办理")
    appeal = Appeal.objects.get()
    leave(page)

    enter(cast.ada)
    page.goto("/inspections/appeals/?whose=decide")
    page.get_by_role("link", name="BO-1").click()
    page.wait_for_url("**/appeals/*/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("1")
    item = page.locator("[data-item=solve]")
    expect(item.get_by_role("radio").first).to_be_checked()
    item.get_by_role("textbox").fill("话轮二已当场受理，应予改判")
    page.get_by_role("button", name="决定").click()
    expect(page.locator(".lz-sheet-score")).to_contain_text("40 → 100")
    leave(page)

    enter(cast.bo)
    page.goto(f"/inspections/reviews/{score.pk}/")
    expect(page.locator("section", has_text="评分变更记录").last).to_contain_text("40 → 100")
    page.goto("/inspections/appeals/")
    page.get_by_label("裁定用语").fill("當場受理")
    expect(page.locator("#rows")).to_contain_text("40 → 100")
    page.get_by_label("裁定用语").fill("没有这样的话")
    expect(page.locator("#rows")).to_contain_text("没有申诉")
    appeal.refresh_from_db()
    assert (appeal.is_overturned, score.changes.get().value) == (True, 40)
