from datetime import date

import pytest
from django.utils.translation import override

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact, make_unanswered
from lingzhi.contacts.queries import published
from lingzhi.inspections.services import inspect_all
from lingzhi.notifications.models import Notice
from lingzhi.reports.models import Report
from lingzhi.reports.presenting.words import summary
from lingzhi.reports.services import end_plan, plan_report, write_due_reports
from lingzhi.reports.tests.conftest import BAD, bring


def test_planning_brings_yesterdays_report_at_once(plan, run_jobs):
    run_jobs()
    report = Report.objects.get()
    assert (report.first_on, report.last_on) == (date(2026, 11, 21), date(2026, 11, 21))
    assert Entry.objects.filter(action="reports.published").count() == 1


def test_its_figures_are_those_of_the_rows(plan, run_jobs):
    run_jobs()
    facts = Report.objects.get().facts
    assert facts["volume"]["contacts"] == 40
    [problem] = facts["sections"]["problems"]
    assert (problem["hits"], problem["judged"], problem["before_hits"]) == (10, 40, 1)
    assert problem["change"] == "more"


def test_typical_cases_quote_the_masked_words(plan, run_jobs):
    run_jobs()
    [case] = Report.objects.get().facts["sections"]["cases"]["bad"]
    assert case["quote"]["words"] == "不归我们管"


def test_writing_twice_writes_once(plan, run_jobs):
    run_jobs()
    assert write_due_reports() == 0


def test_the_same_data_are_the_same_document(plan, run_jobs):
    run_jobs()
    first = Report.objects.get()
    Report.objects.all().delete()
    write_due_reports()
    assert Report.objects.get().digest == first.digest


def test_late_data_make_a_new_edition_beside_the_old_one(plan, run_jobs, client, cast):
    run_jobs()
    make_contact("late", started_at="2026-11-21 11:00:00", answered_at=None, ended_at=None,
        agent=cast.bo.staff_no, turns=BAD,
    )  # fmt: skip
    inspect_all(published())
    client.force_login(cast.quan)
    old = Report.objects.get()
    client.post(f"/reports/{old.pk}/rebuild/")
    newest = Report.objects.order_by("-edition").first()
    assert (newest.edition, newest.facts["volume"]["contacts"]) == (2, 41)
    assert Report.objects.get(pk=old.pk).facts["volume"]["contacts"] == 40


def test_it_is_laid_before_its_readers_only(plan, run_jobs, cast):
    run_jobs()
    readers = {one.person for one in Report.objects.get().receipts.all()}
    assert {cast.quan, cast.ada} <= readers
    assert cast.bo not in readers
    assert Notice.objects.filter(person=cast.quan, url__startswith="/reports/").exists()


def test_what_the_last_report_named_is_looked_at_again(plan, run_jobs, time_machine, cast):
    run_jobs()
    bring(22, bad=0, agent=cast.bo.staff_no)
    time_machine.move_to("2026-11-24T03:00:00+00:00", tick=False)
    write_due_reports()
    changes = [
        one["change"]
        for day in (22, 23)
        for one in Report.objects.get(first_on=date(2026, 11, day)).facts["sections"]["measures"]
    ]
    assert changes == ["gone"]


def test_where_nothing_was_judged_nothing_is_gone(plan, run_jobs, time_machine):
    run_jobs()
    time_machine.move_to("2026-11-23T03:00:00+00:00", tick=False)
    write_due_reports()
    newest = Report.objects.get(first_on=date(2026, 11, 22))
    [outcome] = newest.facts["sections"]["measures"]
    assert outcome["change"] == "unknown"


def test_an_ended_plan_writes_no_more(plan, run_jobs, time_machine, cast):
    run_jobs()
    end_plan(plan, on=date(2026, 11, 22), by=cast.quan)
    time_machine.move_to("2026-11-24T03:00:00+00:00", tick=False)
    assert write_due_reports() == 0


@pytest.mark.parametrize(
    ("cadence", "first", "last"),
    [
        ("weekly", date(2026, 11, 9), date(2026, 11, 15)),
        ("monthly", date(2026, 10, 1), date(2026, 10, 31)),
        ("quarterly", date(2026, 7, 1), date(2026, 9, 30)),
        ("yearly", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_longer_reports_are_about_whole_weeks_months_and_years(
    cast, yesterday, run_jobs, cadence, first, last
):
    plan_report(cast.hotline, cadence, from_on=date(2026, 11, 22), by=cast.quan)
    run_jobs()
    report = Report.objects.get()
    assert (report.first_on, report.last_on) == (first, last)


def test_calls_that_nobody_answered_stand_beside_the_conversations(plan, run_jobs, cast):
    for number in range(2):
        make_unanswered(
            f"U{number}",
            agent=cast.bo.staff_no,
            queued_at="2026-11-21 11:00:00",
            ended_at="2026-11-21 11:00:30",
        )
    run_jobs()
    facts = Report.objects.get().facts
    volume = facts["volume"]
    assert (volume["contacts"], volume["inspected"], volume["unanswered"]) == (40, 40, 2)
    assert volume["by_channel"] == [["phone", 40]]
    with override("en"):
        assert "2 calls were not answered by anybody." in summary(facts)
        volume["unanswered"] = 0
        assert not [line for line in summary(facts) if "answered" in line]
