"""From the budget planner to a plan, its draw, and the reason of every task."""

import re

import pytest
from playwright.sync_api import Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.inspections.factories import make_sheet
from lingzhi.inspections.models import Plan, Task

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def talks(cast):
    make_sheet(cast.quan)
    moment = f"{today()} 00:00:00"
    times = {"started_at": moment, "answered_at": "", "ended_at": ""}
    return [
        make_contact(f"T{at:02}", agent=["1002", "1003", "2002"][at % 3], **times)
        for at in range(30)
    ]


def test_hours_become_a_plan_and_a_sample(enter, cast, talks):
    page: Page = enter(cast.quan)
    page.goto("/inspections/plans/")
    page.get_by_role("link", name="质检预算").click()
    page.fill("[name=hours]", "2")
    page.fill("[name=minutes]", "10")
    expect(page.locator("#worth")).to_contain_text("够评 12 个")
    rows = page.locator("#worth tbody tr")
    expect(rows).to_have_count(4)
    rows.nth(1).get_by_role("link", name="据此建计划").click()
    page.wait_for_url(re.compile(r"/plans/new/"))
    expect(page.locator("[name=size]")).to_have_value("12")
    page.fill("[name=title]", "每日分层抽检")
    page.select_option("[name=cadence]", "once")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    page.get_by_role("button", name="启动").click()
    page.get_by_role("button", name="立即抽样").click()
    page.wait_for_url(re.compile(r"/draws/\d+/$"))
    expect(page.locator("#rows tbody tr")).to_have_count(12)
    expect(page.locator("#rows tbody tr").first).to_contain_text("40.00%")
    page.get_by_role("button", name="重抽比对").click()
    expect(page.locator(".lz-messages")).to_contain_text("会话相同")
    assert (Plan.objects.get().hours, Task.objects.count()) == (2.0, 12)
