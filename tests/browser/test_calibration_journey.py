"""Three people calibrate blind, discuss, agree; a decision becomes guidance of an item (J15)."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lingzhi.accounts.models import User
from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.inspections.factories import make_sheet
from lingzhi.inspections.models import Calibration, SheetVersion
from lingzhi.org.services import assign_role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def people(cast):
    ivo = User.objects.create_user("3003", "correct horse", name="Ivo")
    assign_role(ivo, "inspector", cast.hotline, from_on=LONG_AGO, by=None)
    make_sheet(cast.quan)
    for number in (1, 2):
        make_contact(f"BO-{number}", agent="1002")
    return [cast.ines, ivo, cast.quan]


def leave(page: Page) -> None:
    page.context.clear_cookies()


def confirm(page: Page, name: str) -> None:
    """Press a button, and the one of the same name in the question that follows."""
    page.get_by_role("button", name=name).click()
    asked = page.locator("dialog[open], dialog:popover-open")
    asked.get_by_role("button", name=name).click()


def prepare(page: Page, unit: int) -> None:
    page.goto("/inspections/calibrations/new/")
    page.get_by_label("标题").fill("一月校准")
    page.get_by_label("会话所属单位").select_option(str(unit))
    page.get_by_label("评分截止").fill((today() + timedelta(days=3)).isoformat())
    for name in ("Ines 3002", "Ivo 3003", "Quan 3001"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("以其答案为参照的专家").select_option(label="Quan 3001")
    page.get_by_label("按编号指定会话").fill("BO-1 BO-2")
    page.get_by_role("button", name="创建草稿").click()
    confirm(page, "发出邀请")
    expect(page.get_by_text("已邀请所有人")).to_be_visible()


def score(page: Page, keys: str) -> None:
    """Both conversations by keyboard: the answers to one, then those to the other."""
    page.goto("/inspections/calibrations/")
    page.get_by_role("link", name="一月校准").click()
    expect(page.locator(".lz-differs")).to_have_count(0)
    page.get_by_role("link", name="评分 BO-1").click()
    for pair in (keys[:2], keys[2:]):
        expect(page.locator("lz-workbench:defined")).to_be_visible()
        for number, key in enumerate(pair, start=1):
            page.keyboard.press(key)
            expect(page.locator("#sheet")).to_contain_text(f"已答 {number} / 2")
        page.get_by_role("button", name="提交评分").click()
        expect(page.get_by_text("评分已提交")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/calibrations/\d+/$"))


def test_three_people_calibrate(enter, cast, people):
    page: Page = enter(cast.quan)
    prepare(page, cast.hotline.pk)
    score(page, "1111")
    for person, keys in ((people[0], "2111"), (people[1], "1112")):
        leave(page)
        score(enter(person), keys)
    leave(page)
    page = enter(cast.quan)
    discuss(page)
    decide(page)
    draft = SheetVersion.objects.get(state="draft")
    assert draft.read().sections[0].items[0].guidance == "三秒内问候并报出中心名称。"
    assert Calibration.objects.get().state == "closed"


def discuss(page: Page) -> None:
    page.goto("/inspections/calibrations/")
    page.get_by_role("link", name="一月校准").click()
    confirm(page, "开放讨论")
    page.get_by_role("link", name="BO-1").click()
    expect(page.locator("td.lz-differs")).to_have_count(1)
    page.locator("#item-greet summary").click()
    page.get_by_label("意见: 问候").fill("没有说您好")
    page.get_by_role("button", name="发表").first.click()
    expect(page.locator("#item-greet")).to_contain_text("没有说您好")
    expect(page.locator("lz-workbench:defined")).to_be_visible()
    page.keyboard.press("2")
    expect(page.locator(".lz-sheet-score")).to_have_text("60")
    page.get_by_role("button", name="记为商定").click()
    expect(page.get_by_role("heading", name="BO-2")).to_be_visible()
    page.get_by_role("button", name="记为商定").click()
    expect(page.get_by_text("与参照的差距")).to_be_visible()


def decide(page: Page) -> None:
    page.locator("select[name=item]").select_option("greet")
    page.locator("textarea[name=guidance]").fill("三秒内问候并报出中心名称。")
    page.get_by_role("button", name="决定").click()
    expect(page.get_by_text("已写入评分表草稿。")).to_be_visible()
    page.locator("textarea[name=minutes]").fill("问候须完整。")
    page.get_by_role("button", name="保存纪要").click()
    page.get_by_role("button", name="结束讨论").click()
    confirm(page, "关闭校准")
    expect(page.get_by_text("校准已关闭，参与者可查看纪要")).to_be_visible()
