"""From an alert to five whys, a measure, its approval, the proved effect and the close."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lingzhi.core.clock import today
from lingzhi.improvement.models import Rectification
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Alert
from lingzhi.kpis.services import watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.fixture
def alert(cast) -> Alert:
    """The first team answered 36 of 40 in time, then 24 for four weeks, and 34 since."""
    for at in range(1, 90):
        good = 34 if at < 29 else 24 if at < 57 else 35 + at % 3
        make_fact(ago(at), good, 40, agent=cast.bo, unit=cast.first)
    watch(ago(50))
    return Alert.objects.get()


def save(page: Page, **values: str) -> None:
    """Fill in a form and send it."""
    for name, value in values.items():
        field = page.locator(f"form.lz-form [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("form.lz-form button.btn-primary").click()


def leave(page: Page) -> None:
    page.context.clear_cookies()


def leader_finds_the_cause_and_plans(page: Page, cast, alert: Alert) -> None:
    page.goto("/indicators/alerts/")
    page.locator(f"a[href*='/alerts/{alert.pk}/']").first.click()
    expect(page.locator("h1")).to_contain_text("接听及时率")
    page.get_by_role("link", name="发起整改").click()
    save(
        page, title="接听慢", problem="一组四周来接听及时率明显偏低", category="time",
        supervisor=str(cast.quan.pk), owner=str(cast.ada.pk), way="five_whys",
        due_on=str(ago(-20)),
    )  # fmt: skip
    page.get_by_role("link", name="填写原因").click()
    save(page, words="高峰时段排班不足", evidence="排班表与来电分布对照")
    page.get_by_role("link", name="再问一次为什么").click()
    expect(page.locator("main")).to_contain_text("“高峰时段排班不足”，这又是为什么？")
    page.check("[name=is_root]")
    save(page, words="排班仍按去年的来电分布", evidence="去年与今年的来电曲线")
    page.get_by_role("link", name="添加措施").first.click()
    save(page, kind="corrective", words="按近八周来电重排班", owner=str(cast.bea.pk))
    page.get_by_role("link", name="指定指标").click()
    save(
        page, definition=str(alert.definition_id), unit=str(cast.first.pk), after_days="28",
        before_from=str(ago(56)), before_to=str(ago(29)),
    )  # fmt: skip
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_role("link", name="查看审批")).to_be_visible()


def manager_agrees(page: Page) -> None:
    page.goto("/approvals/")
    page.get_by_role("link", name="接听慢").first.click()
    page.locator("main a[href*='/improvement/'], header a[href*='/improvement/']").first.click()
    expect(page.locator("main")).to_contain_text("排班仍按去年的来电分布")
    page.get_by_role("link", name="查看审批").click()
    page.get_by_role("button", name="同意").click()
    expect(page.locator("main")).to_contain_text("已同意")


def manager_proves_and_closes(page: Page, row: Rectification) -> None:
    page.goto(reverse("improvement:rectification", args=[row.pk]))
    page.get_by_role("link", name="验证效果").click()
    expect(page.locator("main")).to_contain_text("统计结果：改善")
    page.check("[name=is_effective][value='1']")
    save(page, words="八周曲线可见，现场抽看排班已改")
    page.locator("a[href$='/close/']").click()
    save(page, words="排班规则已改为按近八周来电")
    expect(page.locator("h1")).to_contain_text("关闭")


def test_an_alert_is_put_right_and_its_effect_is_proved(enter, cast, alert, run_jobs):
    page: Page = enter(cast.ada)
    leader_finds_the_cause_and_plans(page, cast, alert)
    row = Rectification.objects.get()
    record = page.url
    leave(page)

    manager_agrees(enter(cast.quan))
    run_jobs()
    leave(page)

    enter(cast.bea)
    page.goto(record)
    page.get_by_role("link", name="报告完成").click()
    save(page, result="新班表已发布并执行")
    leave(page)

    enter(cast.ada)
    page.goto(record)
    page.get_by_role("link", name="措施全部落实").click()
    save(page, since=str(ago(28)))
    expect(page.locator("main")).to_contain_text("统计结论")
    leave(page)

    manager_proves_and_closes(enter(cast.quan), row)
    page.goto(f"/indicators/alerts/{alert.pk}/")
    expect(page.locator("main")).to_contain_text("接听慢")
    signed = Rectification.objects.get().verifications.get()
    assert (signed.computed, signed.signed_by, signed.is_effective) == ("better", cast.quan, True)
