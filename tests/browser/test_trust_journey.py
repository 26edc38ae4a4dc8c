"""A rule whose hits people overturn is suspended by itself, and its page says why (J12)."""

import pytest
from playwright.sync_api import Page, expect

from lingzhi.inspections.factories import make_rule, make_sheet
from lingzhi.inspections.services.trusting import set_trust_policy
from lingzhi.inspections.tasks import weigh_rules
from lingzhi.inspections.tests.test_trust import FILLED, PUSHED, appeal, easy, reviewed, talks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def overturned(cast):
    """Eight hits that counted; the agents won seven appeals against them."""
    version = make_rule()
    sheet = make_sheet(cast.quan, FILLED, code="filled")
    set_trust_policy(easy(floor=0.0), by=cast.quan)
    reviews = [reviewed(cast, sheet, contact, "bad") for contact in talks(8, PUSHED)]
    for review in reviews[:7]:
        appeal(review, cast)
    return version


def test_a_rule_that_people_overturn_is_suspended_and_says_why(enter, cast, overturned):
    page: Page = enter(cast.quan)
    page.goto("/inspections/rules/trust/")
    expect(page.locator("#rows")).to_contain_text("辅助")
    weigh_rules()
    page.reload()
    expect(page.locator("#rows")).to_contain_text("已熔断")
    page.locator("#rows").get_by_role("link", name="推诿用语").click()
    expect(page.locator(".lz-suspended")).to_contain_text("其命中被改判的比例肯定超过")
    expect(page.locator("#trust-title")).to_be_visible()
    page.get_by_text("最近的人工意见").click()
    expect(page.get_by_text("被改判").first).to_be_visible()
    page.get_by_role("button", name="解除熔断").click()
    page.get_by_role("dialog").get_by_role("button", name="解除熔断").click()
    expect(page.locator(".lz-suspended")).to_have_count(0)


def test_an_inspector_marks_a_wrong_hit(enter, cast):
    make_rule()
    talk = talks(1, PUSHED)[0]
    page: Page = enter(cast.ines)
    page.goto(f"/contacts/{talk.pk}/")
    page.get_by_role("button", name="命中有误").click()
    expect(page.get_by_text("已复核：规则有误。")).to_be_visible()
