"""Results of inspection have a section of their own: on the page, as PDF, as Word (R-QI-25)."""

import io

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from docx import Document

from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Review, Task
from lingzhi.kpis.queries import Period
from lingzhi.reports.models import Report
from lingzhi.reports.presenting.whole import shown_report
from lingzhi.reports.queries import facts_of
from lingzhi.reports.services import write_due_reports

ENGLISH = {"Accept-Language": "en"}
SCORED = 10


@pytest.fixture
def report(cast, plan, run_jobs, monkeypatch) -> Report:
    """Ten scores of yesterday's conversations, drawn by chance, two of them failed."""
    monkeypatch.setattr("lingzhi.inspections.queries.weak_items.ENOUGH", SCORED)
    sheet = make_sheet(cast.quan)
    drawn = [f"21-{number}" for number in range(0, 40, 4)]
    for at, contact in enumerate(Contact.objects.filter(external_id__in=drawn)):
        solve = "no" if at % 5 == 0 else "yes"
        review = make_review(contact, sheet, by=cast.ines, lead=cast.quan, solve=solve)
        task = Task.objects.create(
            contact=contact, sheet=sheet.sheet, reason="random", inclusion=0.25, created_at=now(),
            state=Task.State.DONE, done_at=now(),
        )  # fmt: skip
        Review.objects.filter(pk=review.pk).update(task=task)
    run_jobs()
    write_due_reports()
    return Report.objects.get()


def test_it_holds_indicators_rates_and_the_items_that_fail_most(plan, report):
    found = report.facts["sections"]["inspection"]
    figures = {one["code"]: one for one in found["figures"]}
    assert (figures["Q02"]["numerator"], figures["Q02"]["denominator"]) == (8, 10)
    assert not [one for one in report.facts["sections"]["figures"] if one["code"][0] == "Q"]
    rules, people, corrected = found["rates"]
    assert (rules["value"], people["value"], people["n"]) == (0.25, 0.2, 10)
    assert corrected["low"] < corrected["value"] < corrected["high"]
    [item] = found["items"]
    assert (item["title"], item["failed"], item["judged"]) == ("解决", 2, 10)
    plan.sections = ["figures"]
    without = facts_of(plan, Period(report.first_on, report.last_on))["sections"]
    assert without.keys() == {"figures"}
    assert "Q02" in [one["code"] for one in without["figures"]]


def test_page_pdf_and_word_show_it(as_, cast, report):
    client = as_(cast.quan)
    page = client.get(reverse("reports:detail", args=[report.pk]), headers=ENGLISH)
    printed = render_to_string("reports/print.html", {"shown": shown_report(report)})
    answer = client.get(reverse("reports:word", args=[report.pk]), headers=ENGLISH)
    word = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "Results of inspection" in [one.text for one in word.paragraphs]
    assert "解决" in cells
    assert {"Rules alone", "People alone", "Corrected"} <= set(cells)
    for text in (page.content.decode(), printed):
        assert "20.0%" in text
        assert "解决" in text
