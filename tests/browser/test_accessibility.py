"""axe finds nothing on the pages people work on; nothing overflows on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from lingzhi.contacts.factories import make_contact

pytestmark = pytest.mark.browser

PAGES = [
    "/", "/contacts/", "/contacts/register/", "/inspections/results/", "/inspections/rules/",
    "/inspections/rules/new/", "/inspections/runs/", "/people/", "/units/", "/posts/",
    "/calendars/", "/imports/", "/imports/new/", "/notices/", "/approvals/", "/jobs/", "/me/",
]  # fmt: skip
SIZES = [(1440, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pages_are_accessible_and_fit(enter, cast, width, scheme):
    contact = make_contact(agent="1002", customer_phone="13800002071")
    tab = enter(cast.quan)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme)
    problems = []
    for path in [*PAGES, f"/contacts/{contact.pk}/"]:
        tab.goto(path)
        found = Axe().run(tab).response["violations"]
        problems += [f"{path}: {one['id']} {one['nodes'][0]['target']}" for one in found]
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{path}: wider than {width}")
    assert problems == []
