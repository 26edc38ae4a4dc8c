import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pptx import Presentation

from lingzhi.audit.models import Entry
from lingzhi.reports.models import Plan, Receipt, Report


@pytest.fixture
def report(plan, run_jobs) -> Report:
    run_jobs()
    return Report.objects.get()


def test_opening_it_leaves_the_receipt(as_, cast, report):
    receipt = Receipt.objects.get(report=report, person=cast.quan)
    assert receipt.read_at is None
    answer = as_(cast.quan).get(reverse("reports:detail", args=[report.pk]))
    assert "推诿用语" in answer.content.decode()
    receipt.refresh_from_db()
    assert receipt.read_at is not None


def test_who_neither_got_it_nor_reaches_the_unit_does_not_see_it(as_, cast, report):
    assert as_(cast.bo).get(reverse("reports:detail", args=[report.pk])).status_code == 404


def test_it_is_the_same_as_pdf(as_, cast, report):
    answer = as_(cast.quan).get(reverse("reports:pdf", args=[report.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_it_is_the_same_as_slides_and_as_workbook(as_, cast, report):
    client = as_(cast.quan)
    sent = [client.get(reverse("reports:slides", args=[report.pk])) for _time in range(2)]
    assert sent[0].content == sent[1].content
    slides = Presentation(io.BytesIO(sent[0].content)).slides
    words = "".join(
        cell.text for slide in slides for shape in slide.shapes if shape.has_table
        for row in shape.table.rows for cell in row.cells
    )  # fmt: skip
    assert "推诿用语" in words
    sent = [client.get(reverse("reports:workbook", args=[report.pk])) for _time in range(2)]
    assert sent[0].content == sent[1].content
    book = load_workbook(io.BytesIO(sent[0].content))
    [[name, hits, judged, *_rest]] = book["问题排行"].iter_rows(min_row=2, values_only=True)
    assert (name, hits, judged) == ("推诿用语", 10, 40)


def test_only_who_plans_may_compute_it_again(as_, cast, report):
    assert as_(cast.ada).post(reverse("reports:rebuild", args=[report.pk])).status_code == 403


def test_the_list_shows_what_is_unread(as_, cast, report):
    answer = as_(cast.quan).get(reverse("reports:list"), {"unread": "on"})
    assert [row.report for row in answer.context["page"]] == [report]
    as_(cast.quan).get(reverse("reports:detail", args=[report.pk]))
    answer = as_(cast.quan).get(reverse("reports:list"), {"unread": "on"})
    assert list(answer.context["page"]) == []


def test_the_list_asks_no_more_of_more_rows(as_, cast, report, django_assert_max_num_queries):
    for day in range(1, 20):
        Report.objects.create(
            plan=report.plan, first_on=date(2026, 10, day), last_on=date(2026, 10, day), edition=1,
            facts=report.facts, digest="", published_at=report.published_at,
        )  # fmt: skip
    client = as_(cast.quan)
    with django_assert_max_num_queries(25):
        assert len(client.get(reverse("reports:list")).context["page"].object_list) == 20


def test_a_report_is_planned_by_hand(as_, cast, on_22_november):
    form = {
        "unit": cast.hotline.pk, "cadence": "weekly",
        "readers": ["quality_manager"], "sections": ["figures", "problems"],
    }  # fmt: skip
    assert as_(cast.quan).post(reverse("reports:new_plan"), form).status_code == 302
    assert Plan.objects.get().sections == ["figures", "problems"]
    assert Entry.objects.filter(action="reports.planned").count() == 1


def test_the_same_report_is_not_planned_twice(as_, cast, plan):
    form = {
        "unit": cast.hotline.pk, "cadence": "daily",
        "readers": ["quality_manager"], "sections": ["figures"],
    }  # fmt: skip
    assert as_(cast.quan).post(reverse("reports:new_plan"), form).status_code == 409


def test_a_plan_without_readers_is_refused(as_, cast, plan):
    url = reverse("reports:change_plan", args=[plan.pk])
    assert as_(cast.quan).post(url, {"sections": ["figures"]}).status_code == 422


def test_a_plan_is_changed_and_ended(as_, cast, plan):
    client = as_(cast.quan)
    form = {"readers": ["leadership"], "sections": ["trend"]}
    client.post(reverse("reports:change_plan", args=[plan.pk]), form)
    client.post(reverse("reports:end_plan", args=[plan.pk]), {"reason": "merged"})
    plan.refresh_from_db()
    assert (plan.readers, plan.to_on) == (["leadership"], date(2026, 11, 22))
    assert client.post(reverse("reports:end_plan", args=[plan.pk])).status_code == 409


def test_it_leads_to_the_report_before_and_the_next(as_, cast, report):
    others = [
        Report.objects.create(
            plan=report.plan, first_on=day, last_on=day, edition=1, facts=report.facts, digest="",
            published_at=report.published_at,
        )
        for day in (date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 22))
    ]  # fmt: skip
    answer = as_(cast.quan).get(reverse("reports:detail", args=[report.pk]))
    assert (answer.context["before"], answer.context["after"]) == (others[1], others[2])


def test_the_list_names_the_heaviest_problem(as_, cast, report):
    [row] = as_(cast.quan).get(reverse("reports:list")).context["page"].object_list
    assert row.first_problem == "推诿用语"


def test_it_says_how_many_have_read_it(as_, cast, report):
    url = reverse("reports:detail", args=[report.pk])
    answer = as_(cast.quan).get(url, headers={"Accept-Language": "en"})
    assert f"1 of {len(answer.context['receipts'])} have read it" in answer.content.decode()


def test_who_gets_no_report_is_shown_the_way_to_the_own_one(as_, cast, report):
    url = reverse("reports:list")
    html = as_(cast.bo).get(url, headers={"Accept-Language": "en"}).content.decode()
    assert "No report is laid before you" in html
    assert reverse("reports:work") in html
