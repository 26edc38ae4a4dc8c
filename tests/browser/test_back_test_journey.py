"""From a wrong hit to a better rule: example, draft, back-test, into force (J10)."""

import re

import pytest
from playwright.sync_api import Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.services import inspect_all

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUSHED = "客户:我要退款,手机13800002071\n客服:这个不归我们管\n客户:好吧"
HELPED = "客户:我要退款\n客服:这个不归我们管,我帮您转接\n客户:谢谢"


@pytest.fixture
def talks(cast) -> list[Contact]:
    """Forty conversations; in every fourth the hit is wrong, for the agent hands the matter on."""
    return [
        make_contact(
            f"T{at:02}", agent=["1002", "2002"][at % 2], turns=PUSHED if at % 4 else HELPED
        )
        for at in range(40)
    ]


def test_a_wrong_hit_becomes_an_example_and_a_tested_version(enter, cast, talks, run_jobs):
    make_rule()
    inspect_all(Contact.objects.all())
    page: Page = enter(cast.quan)
    page.goto(f"/contacts/{talks[0].pk}/")
    page.locator(".lz-wrong button[value=miss]").click()
    page.wait_for_url(re.compile(r"/edit/"))
    expect(page.locator("[name=tests_miss]")).to_have_value(re.compile("不归我们管,我帮您转接"))
    expect(page.locator("#check .lz-problems li")).to_have_count(
        1
    )  # the example does not get its verdict
    _improve(page)
    _back_test(page, run_jobs)
    page.locator("lz-confirm:has(#activate) > button").click()
    page.locator("#activate textarea").fill("回测过")
    page.locator("#activate button.btn-primary").click()
    expect(page.locator(".lz-messages")).to_contain_text("2")
    assert RuleVersion.objects.get(state="active").number == 2


def _improve(page: Page) -> None:
    page.select_option("[name=add_op]", "text.keyword")
    page.locator("button[value=add]").click()
    page.fill("[name=c1-p_words]", "帮您转接")
    page.fill("[name=when]", "pushed unless a")
    expect(page.locator("#check .lz-good")).to_be_visible()
    page.locator("button.btn-primary[value=save]").click()
    page.wait_for_url(re.compile(r"/rules/\d+/$"))


def _back_test(page: Page, run_jobs) -> None:
    page.locator(".lz-acts a[href*='/back-tests/new/']").click()
    expect(page.locator("#count")).to_contain_text("40")
    page.locator("form.lz-form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/back-tests/\d+/$"))
    run_jobs()
    expect(page.locator("#lost-title")).to_contain_text("10")  # the page notices by itself
    samples = page.locator(".lz-sampled > li")
    expect(samples).to_have_count(10)
    expect(samples.first.locator("mark")).to_have_text("不归我们管")
    samples.first.locator("a[hx-get]").click()
    expect(samples.first.locator(".lz-why")).to_contain_text("帮您转接")
    expect(page.locator("section[aria-labelledby=people-title] tbody tr").first).to_be_visible()
