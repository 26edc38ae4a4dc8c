"""A regulation is adopted, read, confirmed and revised in the browser (J1)."""

import re
from datetime import timedelta

import pytest
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.inspections.services import adopt_first_rules, inspect_all
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import quiz_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GO_ON = "form button[name=next]"
NUMBER = "section.card input[type=number]"


def answer_every_question(page: Page) -> None:
    """Something in each field that the pack leaves open."""
    fields = page.locator("section.card .lz-field").locator("input, select, textarea")
    for at in range(fields.count()):
        answer(fields.nth(at))


def answer(field: Locator) -> None:
    kind = field.evaluate("field => field.type")
    if kind == "select-one":
        field.select_option(index=1)
    elif kind == "number":
        field.fill("3")
    elif kind in ("text", "textarea"):
        field.fill("云栖")


def decide_every_conflict(page: Page) -> None:
    for _again in range(10):
        open_ones = page.locator("form:has(button.btn-primary):has(input[name=choice])")
        if not open_ones.count():
            return
        open_ones.first.locator("input[name=choice]").last.check()
        open_ones.first.locator("input[name=reason]").fill("两项分开考核")
        open_ones.first.locator("button").click()


def go_through_to_the_start(page: Page) -> None:
    page.click(GO_ON)
    page.wait_for_url(re.compile("/conflicts/"))
    decide_every_conflict(page)
    page.locator(".lz-form-actions a.btn-primary").click()
    page.wait_for_url("**/text/")
    page.locator(".lz-form-actions a.btn-primary").click()
    page.wait_for_url("**/start/")


PUSHED = "客服:您好,云栖热线\n客户:我要退款\n客服:这个不归我们管"
KIND = "客服:您好,云栖热线\n客户:我要退款\n客服:我马上帮您办"


@pytest.fixture
def talks_of_yesterday(cast) -> None:
    """Forty calls, every fourth of which pushes the customer away, and the rules that say so."""
    adopt_first_rules(by=cast.quan)
    day = today() - timedelta(days=1)
    for at in range(40):
        make_contact(
            f"Y{at:02}",
            agent=cast.bo.staff_no,
            started_at=f"{day} 10:00:00",
            answered_at=f"{day} 10:00:09",
            ended_at=f"{day} 10:03:00",
            ring_count=2,
            turns=PUSHED if at % 4 == 0 else KIND,
        )
    inspect_all(Contact.objects.all())


def test_adopt_read_and_revise(enter, tab, cast, run_jobs, talks_of_yesterday):
    page: Page = enter(cast.quan)
    page.goto("/rulebook/")
    page.locator("tr", has_text="热线中心管理办法").get_by_role("link", name="采纳").click()
    page.select_option("[name=unit]", str(cast.hotline.pk))
    page.click("form.lz-form button.btn-primary")
    page.wait_for_url("**/figures/")
    expect(page.locator(".lz-asked")).to_contain_text("待设定")

    page.click(GO_ON)  # with gaps one sees what is left, and cannot begin
    page.wait_for_url(re.compile("/conflicts/"))
    page.goto(page.url.replace("conflicts", "start"))
    expect(page.get_by_role("button", name="提交生效")).to_be_disabled()
    expect(page.locator("#why-not")).to_contain_text("待设定")
    page.locator("section[aria-labelledby=gaps] a").first.click()

    answer_every_question(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".lz-asked")).to_contain_text("数值已全部设定")
    go_through_to_the_start(page)
    page.get_by_role("button", name="提交生效").click()
    page.wait_for_url("**/regulations/*/")
    expect(page.locator("h1")).to_contain_text("生效中")
    expect(page.locator(".lz-toc li")).not_to_have_count(0)
    run_jobs()
    manager_sees_what_is_kept(page)
    manager_reads_yesterdays_report(page)
    version = Version.objects.get()
    tab.context.clear_cookies()
    agent_reads_and_confirms(enter(cast.bo), cast, version)
    tab.context.clear_cookies()
    manager_changes_one_limit(enter(cast.quan), version)


def manager_sees_what_is_kept(page: Page) -> None:
    """What the centre kept and broke, down to the words."""
    page.goto("/conformity/")
    clause = page.locator("tbody tr", has_text="班组").filter(has_text="%").first
    expect(clause).to_be_visible()
    expect(page.locator("tbody tr", has_text="未做到")).not_to_have_count(0)
    page.locator("tbody tr", has_text="未做到").first.locator("a").first.click()
    page.wait_for_url(re.compile(r"/clauses/"))
    expect(page.locator("main")).to_contain_text("未做到")


def manager_reads_yesterdays_report(page: Page) -> None:
    page.goto("/reports/")
    page.locator("#rows tbody tr", has_text=str(today() - timedelta(days=1))).first.click()
    page.wait_for_url("**/reports/*/")
    expect(page.locator("main")).to_contain_text("40")
    expect(page.locator("main")).to_contain_text("推诿")


def agent_reads_and_confirms(page: Page, cast, version: Version) -> None:
    page.goto("/rulebook/")
    page.locator("section[aria-labelledby=to-read] a").first.click()
    page.wait_for_url("**/read/")
    with translation.override("zh-hans"):
        questions = quiz_of(version)
    for at, question in enumerate(questions):
        page.check(f"[name=q{at}][value='{question.right}']")
    page.get_by_role("button", name="我已阅读并将遵守").click()
    page.wait_for_url("**/regulations/*/")
    assert version.readings.get(person=cast.bo).confirmed_at is not None


def manager_changes_one_limit(page: Page, version: Version) -> None:
    page.goto(f"/rulebook/regulations/{version.regulation_id}/revise/")
    page.select_option("[name=reason_kind]", "feedback")
    page.fill("[name=reason]", "客户反映等待过久")
    page.click("form.lz-form button.btn-primary")
    page.wait_for_url("**/figures/")
    page.locator(NUMBER).first.fill("2")
    go_through_to_the_start(page)
    page.get_by_role("button", name="提交生效").click()
    page.wait_for_url("**/regulations/*/")
    page.get_by_role("link", name="变更内容").first.click()
    expect(page.locator("section.card", has_text="→")).to_have_count(1)
    expect(page.locator("section.card li", has_text="→")).to_contain_text("2")
    expect(page.locator("ins")).not_to_have_count(0)
    newer = Version.objects.get(number=2)
    assert newer.approved_at is not None
    assert version.clauses.count() == newer.clauses.count()
