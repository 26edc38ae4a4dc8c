"""J2: a workbook with three bad rows comes in, is looked at, and its good rows are published."""

import openpyxl
import pytest

from lingzhi.contacts.models import Contact
from lingzhi.imports.models import Batch

pytestmark = pytest.mark.browser

HEADER = ["通话编号", "渠道", "工号", "开始时间", "结束时间", "对话内容"]
GOOD = "客服：您好，云栖热线\n客户：我要退款"


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for number in range(1, 8):
        book.active.append(
            [f"A{number}", "电话", "1002", "2026-11-20 10:00", "2026-11-20 10:05", GOOD]
        )
    book.active.append(["A8", "电话", "1002", "2026-02-30 10:00", "2026-11-20 10:05", GOOD])
    book.active.append(["A9", "飞鸽", "1002", "2026-11-20 10:00", "2026-11-20 10:05", GOOD])
    book.active.append(["", "电话", "1002", "2026-11-20 10:00", "2026-11-20 10:05", GOOD])
    path = tmp_path / "十一月.xlsx"
    book.save(path)
    return path


def test_bad_rows_are_named_and_good_ones_published(enter, cast, workbook, run_jobs):
    tab = enter(cast.quan)
    tab.goto("/imports/new/")
    tab.set_input_files("input[type=file]", workbook)
    tab.fill("input[name=source]", "hotline")
    tab.click("form.lz-form button.btn-primary")
    tab.wait_for_url("**/mapping/")
    assert "我要退款" in tab.content()
    tab.click("button[name=action][value=start]")
    tab.wait_for_url(lambda url: not url.endswith("/mapping/"))
    run_jobs()
    tab.reload()
    assert Batch.objects.get().bad_rows == 3
    assert not Contact.objects.exists()
    named = tab.locator("table tbody tr th").all_inner_texts()
    assert named == ["9", "10", "11"]  # as a spreadsheet counts, with the heading
    tab.locator("button", has_text="7").first.click()
    confirm = tab.locator(
        "dialog button[type=submit]:visible, [popover] button[type=submit]:visible"
    )
    if confirm.count():
        confirm.first.click()
    tab.wait_for_load_state()
    run_jobs()
    assert Contact.objects.count() == 7
    tab.goto("/contacts/")
    assert tab.locator("#rows tbody tr").count() == 7
