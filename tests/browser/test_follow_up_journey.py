"""A case is closed, its follow-up falls due, two tries, an unhappy customer, the case reopens."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lingzhi.cases.factories import in_work, make_case, make_closed, make_rule
from lingzhi.cases.models import Case, FollowUp
from lingzhi.cases.tasks import plan_follow_ups
from lingzhi.conftest import LONG_AGO
from lingzhi.customers.factories import make_customer
from lingzhi.org.services import assign_role
from tests.browser.test_accessibility import problems_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def case(cast) -> Case:
    """An enquiry that Bo closed; Nora calls customers for the centre."""
    assign_role(cast.nora, "follow_up_caller", cast.hotline, from_on=LONG_AGO, by=None)
    make_rule(title={"zh-Hans": "办结回访"})
    customer = make_customer(phone="13800002071", name="赵云")
    found = make_case(by=cast.bo, unit=cast.first, customer=customer)
    return make_closed(in_work(found, by=cast.bo), by=cast.bo)


def test_from_a_closed_case_to_a_new_cycle(enter, cast, case):
    plan_follow_ups()
    page = enter(cast.nora)
    page.goto("/cases/follow-ups/")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    page.get_by_role("button", name="下一位客户").click()
    page.get_by_role("button", name="开始拨打").click()
    page.get_by_label("无人接听").check()
    page.get_by_role("button", name="结束通话").click()
    expect(page.locator("main")).to_contain_text("下次拨打")
    one = FollowUp.objects.get()
    local: datetime = timezone.localtime(one.next_at)
    assert local.date() > timezone.localdate()
    FollowUp.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    page.goto("/cases/follow-ups/")
    page.get_by_role("button", name="下一位客户").click()
    page.get_by_role("button", name="开始拨打").click()
    page.locator("input[name=q_solved][value=no]").check()
    page.locator("input[name=q_satisfaction][value='1']").check()
    page.locator("textarea[name=q_reason]").fill("仍未送达")
    page.locator("input[name=q_service][value='2']").check()
    page.get_by_label("接通", exact=True).check()
    page.get_by_role("button", name="结束通话").click()
    expect(page.locator("h1")).to_contain_text("不满意")
    page.get_by_role("button", name="重开", exact=True).click()
    expect(page.locator("#results-title")).to_be_visible()
    case.refresh_from_db()
    assert (case.kind, case.cycle) == (Case.Kind.OPEN, 2)
    page.set_viewport_size({"width": 390, "height": 900})
    paths = ("", f"{one.pk}/", "rules/", "board/", f"scripts/{one.rule.script_id}/", "../desk/")
    found = [problems_of(page, f"/cases/follow-ups/{path}", 390) for path in paths]
    assert [each for each in found if each] == []
