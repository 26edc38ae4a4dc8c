"""J1 with a regulation of one's own: in Word, confirmed, in force, and its conformity seen."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.queries import published
from lingzhi.inspections.services import inspect_all
from lingzhi.rulebook.models import Control, Version

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORD = Path(__file__).resolve().parents[2] / "data/regulations/chenghu-water-hotline.docx"
MOST = 80  # more steps than this a form never needs


def test_a_regulation_in_word_is_confirmed_runs_and_shows_conformity(enter, cast, run_jobs):
    for at in range(40):
        make_contact(f"W{at:02}", agent=cast.bo.staff_no, ring_count=2)
    page: Page = enter(cast.quan)
    page.goto("/rulebook/import/")
    page.set_input_files("input[type=file]", WORD)
    page.click("form.lz-form button.btn-primary")
    page.wait_for_url("**/rulebook/import/*/")
    home = page.url
    _decide_everything(page, home)
    page.goto(home)
    page.locator("form[action$='/finish/'] button").click()
    page.wait_for_url("**/adopt/")
    page.click("form.lz-form button.btn-primary")
    _adopt(page)
    run_jobs()
    assert Version.objects.get().state_on(Version.objects.get().effective_on) == "effective"
    assert Control.objects.filter(kind="kpi_target").exclude(applied_at=None).exists()
    inspect_all(published())
    run_jobs()
    page.goto("/conformity/")
    expect(page.locator("main")).to_contain_text("供水")
    assert page.locator("main tbody tr").count() > 20


def _decide_everything(page: Page, home: str) -> None:
    """Confirm what can be confirmed and refuse the rest: one act after the other, page by page."""
    for wish in ("confirmed", "refused"):
        page.goto(home)
        for _step in range(MOST):
            button = page.locator(f"#review button[name=decision][value={wish}]")
            onward = page.locator(".lz-import-bar a[href*='page=']")
            if button.count() and "/proposals/" not in page.url:
                _decide(page, button.first, home)
            elif onward.count() and onward.get_attribute("href") not in page.url:
                onward.click()
                page.wait_for_load_state()
            else:
                break


def _decide(page: Page, button: Locator, home: str) -> None:
    """One decision. What lacks something opens its form: there it is refused."""
    before = page.locator(".lz-import-count").inner_text()
    button.click()
    page.wait_for_function(
        "text => location.pathname.includes('/proposals/')"
        " || document.querySelector('.lz-import-count')?.innerText !== text",
        arg=before,
    )
    page.wait_for_load_state()
    if "/proposals/" in page.url:
        number = page.url.rstrip("/").rsplit("/", 1)[1].split("?")[0]
        page.goto(home)
        refuse = page.locator(f"#proposal-{number} button[value=refused]")
        while not refuse.count():
            page.locator(".lz-import-bar a[href*='page=']").click()
            page.wait_for_load_state()
        refuse.click()
        expect(page.locator(f"#proposal-{number}")).to_have_class(re.compile("refused"))


def _adopt(page: Page) -> None:
    """Answer every open figure, decide every conflict, put it into force today."""
    for field in page.locator("form select:visible").all():
        if field.input_value() == "":
            field.select_option(index=1)
    for field in page.locator("form input[type=number]:visible").all():
        if field.input_value() == "":
            field.fill("90")
    for field in page.locator("form textarea:visible").all():
        if field.input_value() == "":
            field.fill("城湖供水")
    page.click("button[name=next]")
    page.wait_for_url("**/conflicts/")
    for _step in range(MOST):
        undecided = page.locator("form:has(button.btn-primary):has(input[name=choice])")
        if not undecided.count():
            break
        undecided.first.locator("input[name=choice]").last.check()
        undecided.first.locator("input[name=reason]").fill("两项分开考核")
        undecided.first.locator("button.btn-primary").click()
        page.wait_for_load_state()
    page.goto(page.url.replace("/conflicts/", "/start/"))
    page.locator("form button.btn-primary").click()
    page.wait_for_url("**/rulebook/regulations/*/")
