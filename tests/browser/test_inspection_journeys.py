"""From a figure down to the words, and why a rule found nothing (J6)."""

import re

import pytest
from playwright.sync_api import Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.services import inspect_all

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUSHED = "客服:您好,云栖热线\n客户:我要退款,手机13800002071\n客服:这个不归我们管"
KIND = "客服:您好,云栖热线\n客户:我要退款\n客服:我马上帮您办"


@pytest.fixture
def talks(cast) -> list[Contact]:
    """Forty conversations of four days, every eighth of which pushes the customer away."""
    return [
        make_contact(
            f"T{number:02}",
            agent=["1002", "1003", "2002"][number % 3],
            turns=PUSHED if number % 8 == 0 else KIND,
            **dict.fromkeys(["started_at", "answered_at"], f"2026-11-{17 + number % 4} 10:00:00"),
            ended_at=f"2026-11-{17 + number % 4} 10:03:00",
        )
        for number in range(40)
    ]


def test_from_the_dashboard_down_to_the_highlighted_words(enter, cast, talks):
    make_rule()
    inspect_all(Contact.objects.all())
    page: Page = enter(cast.quan)
    tile = page.locator("a.lz-measure", has_text="严重违规")
    expect(tile).to_contain_text("12.5%")
    expect(page.locator("lz-chart canvas")).to_be_visible()
    tile.click()
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.first).to_contain_text("推诿用语")
    rows.first.click()
    page.wait_for_url(re.compile(r"/contacts/\d+/#turn-3$"))
    turn = page.locator("#turn-3")
    expect(turn).to_be_in_viewport()
    mark = turn.locator("mark.lz-mark-bad")
    expect(mark).to_have_text("不归我们管")
    expect(page.get_by_text("13800002071")).to_have_count(0)
    mark.locator("a").click()
    finding = page.locator(".lz-finding:target")
    expect(finding).to_contain_text("谁先接到，谁负责到底。")
    finding.locator("blockquote a").click()
    page.wait_for_url(re.compile(r"#turn-3$"))


def test_a_passed_rule_says_why(enter, cast, talks):
    make_rule()
    inspect_all(Contact.objects.all())
    page: Page = enter(cast.quan)
    page.goto(f"/contacts/{talks[1].pk}/")
    page.locator(".lz-fold > summary").click()
    page.locator(".lz-finding-line a[hx-get]").first.click()
    expect(page.locator(".lz-why")).to_contain_text("关键词")
