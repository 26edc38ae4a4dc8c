"""A month is published and sealed; late data makes a new version that says what it changed."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from lingzhi.core.clock import today
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Publication

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def month(cast) -> date:
    """The last whole month, with ninety of a hundred calls answered in time."""
    last = today().replace(day=1) - timedelta(days=1)
    make_fact(last.replace(day=8), 90, 100, agent=cast.bo, unit=cast.first)
    return last.replace(day=1)


def test_late_data_makes_a_new_version(enter, cast, month):
    page: Page = enter(cast.quan)
    page.goto("/indicators/months/")
    row = page.locator("#rows tbody tr", has_text=f"{month:%Y-%m}")
    row.get_by_role("button", name="发布该月指标").click()
    row.locator("dialog button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("90.0%")
    first = Publication.objects.get()
    page.goto(f"/indicators/months/{first.pk}/?unit={cast.hotline.pk}")
    expect(page.locator("#rows")).to_contain_text("无差异")
    expect(page.get_by_role("heading", name="发布新版本")).to_have_count(0)

    make_fact(month.replace(day=9), 40, 100, agent=cast.bea, unit=cast.first)
    page.reload()
    line = page.locator("#rows tbody tr", has_text="接听及时率")
    expect(line.get_by_role("cell").first).to_contain_text("90.0%")
    expect(line.get_by_role("cell").last).to_contain_text("65.0%")
    page.fill("[name=reason]", "九日的录音迟到")
    page.get_by_role("button", name="发布", exact=True).click()
    page.wait_for_url(lambda url: f"/months/{first.pk}/" not in url)

    second = Publication.objects.get(number=2)
    page.goto(f"/indicators/months/{second.pk}/?unit={cast.hotline.pk}")
    expect(page.locator("main")).to_contain_text("九日的录音迟到")
    expect(line.get_by_role("cell").first).to_contain_text("65.0%")
    expect(line).to_contain_text("25.0")
    page.locator("nav.lz-choice a").last.click()
    page.wait_for_url(f"**/months/{first.pk}/")
    expect(page.locator("#rows")).to_contain_text("该月已有更新的版本")
    expect(line.get_by_role("cell").first).to_contain_text("90.0%")
