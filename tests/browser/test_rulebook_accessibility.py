"""axe finds nothing on the pages of the rulebook and the reports; nothing overflows on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from lingzhi.reports.services import submit_work_report
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.services import revise

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_page(enter, tab, cast):
    version = make_version("s18", cast.hotline, by=cast.quan)
    draft = revise(version.regulation, reason_kind="feedback", reason="faster", by=cast.quan)
    work = submit_work_report(remarks="客户问得多", by=cast.bo)
    clause = version.clauses.exclude(force="heading").first()
    regulation = f"/rulebook/regulations/{version.regulation_id}/"
    steps = [f"/rulebook/versions/{draft.pk}/{one}/" for one in ("figures", "conflicts", "start")]
    enter(cast.quan)
    problems = []
    for path in [
        "/rulebook/", "/rulebook/packs/s26/", "/rulebook/packs/s26/adopt/", *steps, regulation,
        f"{regulation}clauses/{clause.number}/", f"/rulebook/versions/{version.pk}/read/",
        f"/rulebook/desk/version/{draft.pk}/", "/reports/", "/reports/plans/new/",
        reverse("reports:work"), reverse("reports:work_report", args=[work.pk]),
    ]:  # fmt: skip
        tab.set_viewport_size({"width": 1440, "height": 900})
        tab.goto(path)
        found = Axe().run(tab).response["violations"]
        problems += [f"{path}: {one['id']} {one['nodes'][0]['target']}" for one in found]
        tab.set_viewport_size({"width": 390, "height": 900})
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{path}: wider than the screen")
    assert problems == []
