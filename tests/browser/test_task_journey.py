"""An inspector scores ten conversations one after the other, by keyboard alone (J12)."""

import pytest
from playwright.sync_api import Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_sheet, make_task, running_plan
from lingzhi.inspections.models import Review, Task
from tests.browser.test_accessibility import problems_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
NUMBER = 10


@pytest.fixture
def tasks(cast):
    plan = running_plan(cast.hotline, make_sheet(cast.quan).sheet, cast.ines, by=cast.quan)
    for number in range(NUMBER):
        talk = make_contact(f"BO-{number}", agent="1002")
        make_task(plan, talk, inspector=cast.ines, due_at=now())


def test_ten_conversations_by_keyboard_alone(enter, cast, tasks):
    page: Page = enter(cast.ines)
    page.goto("/inspections/tasks/")
    expect(page.locator("#rows tbody tr")).to_have_count(NUMBER)
    for number in range(NUMBER):
        page.keyboard.press("n")
        expect(page.locator("h1")).to_contain_text(f"BO-{number}")
        page.locator("lz-workbench:defined").wait_for(state="attached")  # it hears keys now
        page.keyboard.press("1")
        expect(page.locator("#sheet")).to_contain_text("已答 1 / 2")
        if number == 0:
            page.wait_for_timeout(1200)  # a second of reading is counted
        page.keyboard.press("2" if number % 2 else "1")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".lz-state").first).to_contain_text("待发布")
    page.goto("/inspections/tasks/?state=done")
    expect(page.locator("#rows tbody tr")).to_have_count(NUMBER)
    assert Task.objects.filter(state="done", inspector=cast.ines).count() == NUMBER
    assert set(Review.objects.values_list("value", flat=True)) == {40, 100}
    assert Review.objects.earliest("pk").seconds >= 1


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_pages_of_tasks_are_accessible_and_fit(enter, cast, tasks, width, scheme):
    """With data: the lists, the load, all tasks."""
    problems = []
    for user, paths in ((cast.ines, [""]), (cast.quan, ["load/", "all/", "all/?state=open"])):
        tab = enter(user)
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        for path in paths:
            problems += problems_of(tab, f"/inspections/tasks/{path}", width)
        tab.context.clear_cookies()
    assert problems == []
