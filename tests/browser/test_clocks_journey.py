"""A case is reclassified, raised, runs over and gets its reaction; its account tells all of it.

And the whole way of a call: a case, handed over, promised, late, escalated, solved, told,
confirmed, closed, followed up.
"""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lingzhi.cases.factories import in_work, make_case, make_rule
from lingzhi.cases.models import Case, Clock, FollowUp
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.cases.tasks import plan_follow_ups
from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.customers.factories import make_customer
from lingzhi.org.models import Calendar
from lingzhi.org.services import assign_role, found_calendar

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]  # fmt: skip


@pytest.fixture
def calendar(cast) -> None:
    found_calendar()
    year = timezone.localdate().year
    Calendar.objects.update(published_from=date(year, 1, 1), published_until=date(year + 1, 12, 31))


@pytest.fixture
def case(cast, calendar) -> Case:
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


@pytest.fixture
def call(cast, calendar) -> Contact:
    """A call that Bo took; Nora calls customers back for the centre, after each case."""
    assign_role(cast.nora, "follow_up_caller", cast.hotline, from_on=LONG_AGO, by=None)
    make_rule(title={"zh-Hans": "办结回访"})
    talk = make_contact("CALL-1")
    customer = make_customer(phone="13800002071", name="赵云")
    Contact.objects.filter(pk=talk.pk).update(agent=cast.bo, unit=cast.first, customer=customer)
    return talk


def test_from_the_call_to_the_follow_up(enter, cast, call):
    page: Page = enter(cast.bo)  # a case, and what the customer was told
    page.goto(f"/contacts/{call.pk}/")
    page.get_by_role("link", name="登记工单").click()
    page.get_by_label("工单类型").select_option(label="咨询")
    page.get_by_label("主题").fill("包裹未送达")
    page.get_by_label("经过").fill("订单三天没有更新")
    page.get_by_label("客户诉求").fill("尽快送达")
    page.get_by_label("告知内容").fill("转二组核实，明天答复")
    promised = timezone.localtime() + timedelta(days=1)
    page.get_by_label("预计时限").fill(f"{promised:%Y-%m-%dT%H:%M}")
    page.get_by_label("后续联系方式").select_option("phone")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("h1")).to_contain_text("包裹未送达")
    case = Case.objects.get()
    passing = page.locator("#passing")
    passing.get_by_label("转交部门").select_option(label="二组")
    passing.get_by_label("理由").fill("配送归二组")
    passing.get_by_role("button", name="转交该部门").click()
    expect(page.locator("main")).to_contain_text("对方签收前")

    page.context.clear_cookies()
    enter(cast.chen)  # takes it on from his desk and works
    page.goto("/cases/desk/")
    page.locator("section", has_text="待我方接收的转交").get_by_role("link").click()
    page.get_by_role("button", name="签收").click()
    for name in ("登记", "分配", "开始处理"):
        page.locator("button[name=step]", has_text=name).click()
    expect(page.locator("h1")).to_contain_text("处理中")

    broken = case.clocks.get(kind="promise")  # what the customer was told comes and goes
    Clock.objects.filter(pk=broken.pk).update(due_at=timezone.now() - timedelta(minutes=5))
    watch_clocks()
    page.context.clear_cookies()
    enter(cast.cai)  # leads him: hears that it is late and presses
    page.goto("/cases/overdue/")
    page.locator("summary", has_text="督促").click()
    page.get_by_label("要求做什么、何时完成").fill("今天 17 点前答复客户")
    page.get_by_role("button", name="督促").click()

    page.context.clear_cookies()
    enter(cast.chen)  # raises it to her
    page.goto(f"/cases/{case.pk}/")
    expect(page.locator("h1")).to_contain_text("超时")
    expect(page.locator("main")).to_contain_text("今天 17 点前答复客户")
    page.get_by_role("link", name="升级工单").click()
    page.get_by_label("与客户发生冲突").check()
    page.get_by_label("已做的处理").fill("已联系快递公司")
    page.get_by_role("button", name="升级工单").click()
    expect(page.locator("body")).to_contain_text("二级")

    page.context.clear_cookies()
    enter(cast.cai)  # has it now: solves it, tells the result, hears the answer, closes
    page.goto(f"/cases/{case.pk}/")
    page.get_by_label("原因或结果").fill("快递已送达")
    page.locator("button[name=step]", has_text="处理完成").click()
    page.get_by_label("告知内容").fill("包裹已送达，致歉")
    page.get_by_role("button", name="已告知客户").click()
    page.get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="保存客户答复").click()
    page.locator("button[name=step]", has_text="办结").click()
    expect(page.locator("h1")).to_contain_text("已办结")
    case.refresh_from_db()
    assert (case.kind, case.satisfaction, case.unit) == ("closed", "satisfied", cast.second)

    plan_follow_ups()
    page.context.clear_cookies()
    enter(cast.nora)
    page.goto("/cases/follow-ups/")
    page.get_by_role("button", name="下一位客户").click()
    page.get_by_role("button", name="开始拨打").click()
    page.locator("input[name=q_solved][value=yes]").check()
    page.locator("input[name=q_satisfaction][value='5']").check()
    page.locator("input[name=q_service][value='5']").check()
    page.get_by_label("接通", exact=True).check()
    page.get_by_role("button", name="结束通话").click()
    expect(page.locator("#answers-title")).to_be_visible()
    assert FollowUp.objects.get().state == "done"
