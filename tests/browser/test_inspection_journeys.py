"""From a figure down to the words, and from an idea to a rule that judges (J6, J10)."""

import re

import pytest
from playwright.sync_api import Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import RuleVersion
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


def test_write_a_rule_test_it_run_it(enter, cast, talks, run_jobs):
    page: Page = enter(cast.quan)
    page.goto("/inspections/rules/")
    page.locator(".lz-head a.btn-primary").click()
    page.fill("[name=title_zh]", "推开客户")
    page.fill("[name=id]", "ownership.pushed")
    page.fill("[name=c0-p_words]", "不归我们管\n不是我们部门")
    expect(page.locator("#check")).to_contain_text("命中")  # an example of each is missing
    _add_a_condition(page)
    page.fill("[name=when]", "a unless b")
    page.fill("[name=tests_hit]", "客户：退款\n客服：这个不归我们管")
    page.fill("[name=tests_miss]", "客服：这个不归我们管\n客服：我帮您转接")
    expect(page.locator("#check .lz-good")).to_be_visible()
    _try(page)
    _test(page)
    page.locator("button.btn-primary[value=save]").click()
    page.wait_for_url(re.compile(r"/rules/\d+/$"))
    expect(page.locator(".lz-messages")).to_contain_text("第 1 版")
    _put_into_force(page)
    _run(page, run_jobs)


def _add_a_condition(page: Page) -> None:
    page.select_option("[name=add_op]", "text.regex")
    page.locator("button[value=add]").click()
    expect(page.locator(".lz-condition")).to_have_count(2)
    page.select_option("[name=c1-op]", "text.keyword")
    expect(page.locator("[name=c1-p_words]")).to_be_visible()
    page.fill("[name=c1-p_words]", "帮您转接")
    expect(page.locator("[name=c0-p_words]")).to_have_value("不归我们管\n不是我们部门")


def _try(page: Page) -> None:
    page.fill("#dialogue", "客户：怎么办\n客服：不是我们部门的事")
    page.locator("button[formaction$='/try/']").click()
    expect(page.locator("#trial .lz-turns mark")).to_have_text("不是我们部门")


def _test(page: Page) -> None:
    page.locator("button[formaction$='/test/']").click()
    expect(page.locator("#test")).to_contain_text("40 条中命中 5 条")


def _put_into_force(page: Page) -> None:
    page.locator("lz-confirm:has(#activate-1) > button").click()
    dialog = page.locator("#activate-1")
    dialog.locator("textarea").fill("四十条试过")
    dialog.locator("button.btn-primary").click()
    expect(page.locator(".lz-messages")).to_contain_text("第 1 版")
    assert RuleVersion.objects.get().state == "active"


def _run(page: Page, run_jobs) -> None:
    page.goto("/inspections/runs/new/")
    expect(page.locator("#count")).to_contain_text("40")
    page.fill("[name=agent]", "1002")
    page.locator("[name=agent]").blur()
    expect(page.locator("#count")).to_contain_text("14")
    page.fill("[name=agent]", "")
    page.locator("[name=agent]").blur()
    expect(page.locator("#count")).to_contain_text("40")
    page.locator("form.lz-form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/runs/\d+/$"))
    expect(page.locator("#run-progress")).to_be_visible()
    run_jobs()
    expect(page.locator("main")).to_contain_text("完成")  # the page notices by itself
    page.locator(".lz-head a[href='/inspections/results/']").click()
    expect(page.locator("#rows")).to_contain_text("12.5%")
