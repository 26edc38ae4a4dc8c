"""The navigation folds by mouse and by key, remembers it, and works without script."""

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_a_group_opened_by_key_is_open_on_the_next_page(enter, cast):
    tab = enter(cast.quan)
    people, daily = tab.locator("[data-group=people]"), tab.locator("[data-group=daily]")
    expect(daily).to_have_attribute("open", "")
    expect(people).not_to_have_attribute("open", "")
    people.locator("summary").focus()
    tab.keyboard.press("Enter")
    expect(people.get_by_role("link", name="组织机构")).to_be_visible()
    daily.locator("summary").click()
    tab.goto("/contacts/?period=all")
    expect(people).to_have_attribute("open", "")
    expect(daily).to_have_attribute("open", "")  # where one is
    tab.goto("/")
    expect(daily).not_to_have_attribute("open", "")
    expect(daily.get_by_role("link", name="联络记录")).to_be_hidden()


def test_without_script_groups_open_all_the_same(enter, cast, chromium):
    tab = enter(cast.quan)
    context = chromium.new_context(
        base_url=tab.url, java_script_enabled=False, storage_state=tab.context.storage_state()
    )
    plain = context.new_page()
    plain.goto("/")
    plain.locator("[data-group=assure] summary").click()
    plain.locator("[data-group=assure] a[href='/inspections/rules/']").click()
    expect(plain.locator("a[aria-current=page]").first).to_have_attribute(
        "href", "/inspections/rules/"
    )
    context.close()
