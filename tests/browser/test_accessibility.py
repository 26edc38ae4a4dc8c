"""axe finds nothing on the pages people work on; nothing overflows on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now, today
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.sheets import example_sheet
from lingzhi.inspections.services.coaching import write_coaching
from lingzhi.inspections.tests.test_reviews import CONTENT

pytestmark = pytest.mark.browser

OF_QUALITY = [
    "/", "/contacts/", "/contacts/register/", "/contacts/?agent=1002&period=all",
    "/inspections/results/", "/inspections/conversations/?verdict=not_inspected&period=all",
    "/inspections/rules/", "/inspections/rules/new/", "/inspections/rules/operators/",
    "/inspections/back-tests/", "/inspections/live/", "/inspections/runs/", "/inspections/sheets/",
    "/inspections/sheets/new/", "/inspections/reviews/", "/people/", "/units/",
    "/inspections/tasks/", "/inspections/tasks/load/", "/inspections/tasks/all/",
    "/inspections/watches/",
    "/rulebook/", "/reports/", "/conformity/", "/indicators/", "/posts/", "/calendars/",
    "/culture/", "/culture/activities/", "/culture/participation/",
    "/imports/", "/imports/new/", "/notices/", "/approvals/", "/jobs/", "/me/", "/search/?q=1002",
]  # fmt: skip
PAGES = {
    "quan": OF_QUALITY,
    "ada": ["/", "/contacts/", "/duty/", "/me/"],
    "bo": ["/", "/contacts/", "/contacts/register/", "/inspections/results/"],
    "sol": [
        "/people/new/",
        "/units/new/",
        "/matters/",
        "/supervision/",
        "/calendars/",
        "/jobs/",
        "/contacts/feeds/",
    ],
    "sam": ["/people/", "/security/roles/", "/security/policy/", "/people/?password=none"],
    "ann": ["/audit/", "/audit/chain/"],
}
SIZES = [(1440, "light", "zh-hans"), (390, "dark", "zh-hans"), (390, "light", "en")]


@pytest.mark.parametrize(("width", "scheme", "language"), SIZES)
def test_the_pages_of_scores_are_accessible_and_fit(enter, cast, width, scheme, language):
    """A sheet in force, one being written, an item of it, the workbench and a given score."""
    contacts = [make_contact(name, agent="1002", turns="客服:您好") for name in ("A", "B")]
    draft = services.create_sheet("draft", example_sheet("call_rating"), by=cast.quan)
    active = services.create_sheet("plain", CONTENT, by=cast.quan)
    services.activate_sheet(active, by=cast.quan)
    active.refresh_from_db()
    begun, given = [services.open_review(one, active, by=cast.ines) for one in contacts]
    answers = {"greet": {"value": "a1"}, "own": {"value": "a1"}}
    services.save_review(given, answers, {}, seen=0, summary="", by=cast.ines)
    services.submit_review(given, by=cast.ines)
    for user in (cast.quan, cast.ines):
        user.language = language
        user.save(update_fields=["language"])
    sheets = [f"/inspections/sheets/{one.sheet_id}/" for one in (active, draft)]
    item = f"{sheets[1]}sections/attitude/items/courtesy/"
    problems = []
    for user, paths in (
        (cast.quan, [*sheets, item]),
        (cast.ines, [f"/inspections/reviews/{one.pk}/" for one in (begun, given)]),
    ):
        tab = enter(user)
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        problems += [problem for path in paths for problem in problems_of(tab, path, width)]
        tab.context.clear_cookies()
    assert problems == []


@pytest.mark.parametrize(("width", "scheme", "language"), SIZES)
def test_the_life_of_a_score_is_accessible_and_fits(enter, cast, width, scheme, language):
    """Settings, re-check, release, coaching, close and correction: each with something on it."""
    sheet = make_sheet(cast.quan)
    talks = [make_contact(name, agent="1002", turns="客服:您好") for name in "ABC"]
    given = make_review(talks[0], sheet, by=cast.ines)
    released, closed = [
        make_review(talk, sheet, by=cast.ines, lead=cast.quan, solve="no") for talk in talks[1:]
    ]
    write_coaching(released, "Listen first.", today(), by=cast.ada)
    Review.objects.filter(pk=closed.pk).update(closed_at=now())
    for user in (cast.quan, cast.ada, cast.bo):
        user.language = language
        user.save(update_fields=["language"])
    reviews, problems = "/inspections/reviews/", []
    for user, paths in (
        (cast.quan, [
            "/inspections/settings/", f"/inspections/settings/{cast.hotline.pk}/",
            "/inspections/closing/", "/inspections/corrections/", f"{reviews}{given.pk}/recheck/",
            f"{reviews}{closed.pk}/correct/", f"{reviews}{given.pk}/similar/solve/",
        ]),
        (cast.ada, ["/inspections/team-scores/", f"{reviews}{released.pk}/"]),
        (cast.bo, ["/inspections/my-quality/", "/inspections/fair-at-work/"]),
    ):  # fmt: skip
        tab = enter(user)
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        problems += [problem for path in paths for problem in problems_of(tab, path, width)]
        tab.context.clear_cookies()
    assert problems == []


@pytest.mark.parametrize("person", PAGES)
@pytest.mark.parametrize(("width", "scheme", "language"), SIZES)
def test_pages_are_accessible_and_fit(enter, cast, person, width, scheme, language):
    contact = make_contact(agent="1002", customer_phone="13800002071")
    user = getattr(cast, person)
    user.language = language
    user.save(update_fields=["language"])
    tab = enter(user)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme)
    paths = PAGES[person] + ([f"/contacts/{contact.pk}/"] if person == "quan" else [])
    assert [problem for path in paths for problem in problems_of(tab, path, width)] == []


def problems_of(tab, path: str, width: int) -> list[str]:
    """What axe names on the page, whether it is one at all, and whether it fits."""
    answer = tab.goto(path)
    if answer.status != 200:
        return [f"{path}: {answer.status}"]
    found = Axe().run(tab).response["violations"]
    problems = [f"{path}: {one['id']} {one['nodes'][0]['target']}" for one in found]
    if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
        problems.append(f"{path}: wider than {width}")
    return problems
