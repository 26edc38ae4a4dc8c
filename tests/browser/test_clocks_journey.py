"""A case is reclassified, raised, runs over and gets its reaction; its account tells all of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lingzhi.cases.factories import in_work, make_case
from lingzhi.cases.models import Case, Clock
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.org.models import Calendar
from lingzhi.org.services import found_calendar

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]  # fmt: skip


@pytest.fixture
def case(cast) -> Case:
    found_calendar()
    year = timezone.localdate().year
    Calendar.objects.update(published_from=date(year, 1, 1), published_until=date(year + 1, 12, 31))
    return in_work(make_case(by=cast.bo, unit=cast.first, handler=cast.bo), by=cast.bo)


def test_a_case_changes_rises_and_runs_over(enter, cast, case):
    page: Page = enter(cast.bo)
    page.goto(f"/cases/{case.pk}/")
    page.get_by_role("link", name="修改工单").click()
    page.get_by_label("工单类别").select_option("complex")
    page.get_by_label("变更原因").fill("涉及多个部门")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("body")).to_contain_text("常规 → 复杂")
    page.get_by_role("link", name="升级工单").click()
    page.get_by_label("与客户发生冲突").check()
    page.get_by_label("已做的处理").fill("客户要求主管答复")
    page.get_by_role("button", name="升级工单").click()
    expect(page.locator("body")).to_contain_text("二级")

    clock = case.clocks.get(kind="resolution")
    past = timezone.now() - timedelta(minutes=5)
    Clock.objects.filter(pk=clock.pk).update(due_at=past)
    watch_clocks()
    page.goto(f"/cases/clocks/{clock.pk}/")
    expect(page.locator("body")).to_contain_text("改按另一时限")
    page.get_by_label("超时原因").select_option("others")
    page.get_by_label("采取的措施").fill("已请配件部门今日发货")
    page.get_by_role("button", name="登记").click()
    expect(page.locator("body")).to_contain_text("已请配件部门今日发货")
    page.goto("/cases/overdue/")
    expect(page.locator("#rows")).to_contain_text("样本")
