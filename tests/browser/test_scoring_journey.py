"""A conversation is scored by keyboard alone, its veto is looked at, the agent reads it (J11)."""

import pytest
from playwright.sync_api import Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.inspections import services
from lingzhi.inspections.models import Review
from lingzhi.inspections.tests.test_reviews import CONTENT

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def talk(cast):
    version = services.create_sheet("call", CONTENT, by=cast.quan)
    services.activate_sheet(version, by=cast.quan)
    return make_contact("BO-1", agent="1002", turns="客户:我要退款\n客服:这个不归我们管\n客户:好吧")


def test_a_score_by_keyboard(enter, cast, talk):
    page: Page = enter(cast.ines)
    page.goto(f"/contacts/{talk.pk}/")
    page.get_by_role("link", name="给此会话评分").click()
    page.get_by_role("button", name="开始").click()
    page.wait_for_url("**/reviews/*/")
    page.keyboard.press("1")
    expect(page.locator("#sheet")).to_contain_text("已答 1 / 2")
    page.keyboard.press("2")
    expect(page.locator("#sheet")).to_contain_text("需证据")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#turn-2")).to_have_attribute("aria-current", "true")
    page.keyboard.press("e")
    expect(page.locator("[data-item=own] .lz-item-turns")).to_have_value("2")
    expect(page.locator("#sheet")).not_to_contain_text("需证据")
    page.get_by_role("button", name="提交评分").click()
    expect(page.locator(".lz-sheet-score")).to_contain_text("一票否决")
    review = Review.objects.get()
    assert (review.without_veto, list(review.pins.values_list("turn", flat=True))) == (40, [2])
