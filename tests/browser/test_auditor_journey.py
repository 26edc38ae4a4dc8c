"""An auditor walks S25 from the rulebook to a clause, its evidence and the words, and prints it."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lingzhi.conformity.models import Dossier, DossierReceipt
from lingzhi.conformity.services import count_kind
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.core.tests.needed import needs_pdf
from lingzhi.inspections.services import inspect_all
from lingzhi.rulebook.factories import make_version, part_of_pack
from lingzhi.rulebook.models import Version

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CLAUSE, PHONE, MASKED = "1.2.5", "13800002071", "138****2071"
PUSHED = f"客服:您好,云栖热线\n客户:我要退款,手机{PHONE}\n客服:这个不归我们管"
KIND = "客服:您好,云栖热线\n客户:我要退款\n客服:我马上帮您办"


@pytest.fixture
def version(cast, hold, settings, tmp_path) -> Version:
    """A clause of S25 as it is shipped, in force for five days; forty talks, ten of them bad."""
    settings.PACKS = part_of_pack(tmp_path, "s25", CLAUSE)
    found = make_version("s25", cast.hotline, by=cast.quan, effective_on=today() - timedelta(5))
    day = today() - timedelta(days=2)
    for at in range(40):
        make_contact(
            f"Y{at:02}", agent=cast.bo.staff_no, turns=PUSHED if at % 4 == 0 else KIND,
            started_at=f"{day} 10:{at:02}:00", answered_at="", ended_at="",
        )  # fmt: skip
    inspect_all(Contact.objects.all())
    count_kind("inspection_rule")
    hold(cast.nora, "auditor", cast.company)
    return found


def auditor_goes_down_to_the_words(page: Page, version: Version) -> None:
    page.goto("/rulebook/")
    page.get_by_role("link", name=version.title).first.click()
    page.locator(f"a[href$='/clauses/{CLAUSE}/']").first.click()
    expect(page.locator("main")).to_contain_text("首位接待的员工负责到底")
    page.get_by_role("link", name="依据", exact=True).click()
    control = page.locator(".lz-control", has_text="首问不推诿")
    expect(control).to_contain_text("75.0%")
    quote = page.locator("blockquote", has_text="不归我们管").first
    expect(quote).to_be_visible()
    quote.locator("a").click()
    page.wait_for_url("**/contacts/**")
    turn = page.locator("#turn-3, #turn-2", has_text="这个不归我们管")
    expect(turn).to_be_visible()
    expect(page.locator("main")).to_contain_text(MASKED)
    expect(page.locator("main")).not_to_contain_text(PHONE)


def auditor_has_the_document_made(page: Page, version: Version) -> None:
    page.goto(f"/conformity/{version.regulation_id}/")
    page.locator("summary", has_text="导出审计文件").click()
    page.get_by_role("link", name="审核文件全文").click()
    clause = page.locator("article", has_text=CLAUSE).filter(has_text="首问不推诿")
    expect(clause).to_contain_text("75.0%")
    page.emulate_media(media="print")
    expect(clause).to_be_visible()
    assert page.pdf().startswith(b"%PDF-")
    page.emulate_media(media="screen")
    page.locator("button[name=form][value=pdf]").click()
    page.wait_for_url("**/files/")


@needs_pdf
def test_from_the_rulebook_to_the_words_and_the_document(enter, cast, version, run_jobs):
    page: Page = enter(cast.nora)
    auditor_goes_down_to_the_words(page, version)
    auditor_has_the_document_made(page, version)
    run_jobs()
    page.reload()
    with page.expect_download() as taken:
        page.locator("td a[href*='/files/']").click()
    content = Path(taken.value.path()).read_bytes()
    assert content.startswith(b"%PDF-")
    assert Dossier.objects.get().file.size == len(content)
    assert DossierReceipt.objects.get().person == cast.nora
