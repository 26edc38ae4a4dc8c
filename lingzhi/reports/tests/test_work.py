"""The daily report of an agent about the own work."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact, make_unanswered
from lingzhi.notifications.models import Notice
from lingzhi.reports.models import WorkReport
from lingzhi.reports.queries import work_of
from lingzhi.reports.services import AlreadyHandedIn, confirm_work_report, submit_work_report

DAY = date(2026, 11, 22)
UNTIMED = {"answered_at": None, "ended_at": None}
WORDS = {"remarks": "客户 13800138000 来电两次", "proposals": "增加话术", "open_matters": ""}


@pytest.fixture
def day(cast, on_22_november):
    """Bo answered two calls today and one yesterday, Bea one today."""
    for number, person, started in (
        ("1", cast.bo, "2026-11-22 09:00:00"),
        ("2", cast.bo, "2026-11-22 10:00:00"),
        ("3", cast.bo, "2026-11-21 10:00:00"),
        ("4", cast.bea, "2026-11-22 10:00:00"),
    ):
        make_contact(number, agent=person.staff_no, started_at=started, **UNTIMED)


@pytest.fixture
def report(cast, day) -> WorkReport:
    return submit_work_report(**WORDS, by=cast.bo)


def _url(name, *args):
    return reverse(f"reports:{name}", args=args)


def test_only_own_contacts_of_the_day_are_counted(cast, day):
    facts = work_of(cast.bo, DAY)
    assert facts["contacts"] == 2
    assert sum(n for _code, n in facts["by_channel"]) == 2
    assert sum(n for _word, n in facts["by_outcome"]) == 2


def test_a_call_that_was_not_answered_is_no_work(cast, day):
    make_unanswered(
        "U1",
        agent=cast.bo.staff_no,
        queued_at="2026-11-22 10:00:00",
        ended_at="2026-11-22 10:00:30",
    )
    assert work_of(cast.bo, DAY)["contacts"] == 2


def test_times_that_are_unknown_are_said_not_guessed(cast, on_22_november):
    started = {"answered_at": "2026-11-22 09:00:00", "ended_at": "2026-11-22 09:01:30"}
    make_contact("1", agent=cast.bo.staff_no, started_at="2026-11-22 09:00:00", **started)
    make_contact("2", agent=cast.bo.staff_no, started_at="2026-11-22 10:00:00", **UNTIMED)
    facts = work_of(cast.bo, DAY)
    assert (facts["seconds"], facts["unknown"]) == (90, 1)


def test_it_is_handed_in_with_its_figures_and_masked_words(as_, cast, day):
    answer = as_(cast.bo).post(_url("new_work"), WORDS)
    report = WorkReport.objects.get()
    assert answer["Location"] == _url("work_report", report.pk)
    assert (report.person, report.unit, report.day) == (cast.bo, cast.first, DAY)
    assert report.facts["contacts"] == 2
    assert "13800138000" not in report.remarks
    assert Entry.objects.filter(action="reports.work_submitted").count() == 1


def test_it_is_handed_in_once_a_day(as_, cast, report):
    with pytest.raises(AlreadyHandedIn):
        submit_work_report(by=cast.bo)
    assert as_(cast.bo).post(_url("new_work"), WORDS).status_code == 409


def test_late_contacts_do_not_change_what_was_handed_in(as_, cast, report):
    make_contact("late", agent=cast.bo.staff_no, started_at="2026-11-22 11:00:00", **UNTIMED)
    page = as_(cast.bo).get(_url("work_report", report.pk))
    assert page.context["work"].contacts == 2


def test_a_text_too_long_is_named(as_, cast, day):
    answer = as_(cast.bo).post(_url("new_work"), WORDS | {"proposals": "长" * 2001})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["proposals"]


def test_who_leads_confirms_it_and_the_answer_is_told(as_, cast, report):
    as_(cast.ada).post(_url("confirm_work", report.pk), {"answer": "谢谢，已转话术组"})
    report.refresh_from_db()
    assert report.confirmed_by == cast.ada
    assert Entry.objects.filter(action="reports.work_confirmed").count() == 1
    assert Notice.objects.filter(person=cast.bo, url=_url("work_report", report.pk)).exists()


def test_it_is_confirmed_once(as_, cast, report):
    confirm_work_report(report, by=cast.ada)
    assert as_(cast.ada).post(_url("confirm_work", report.pk)).status_code == 409


def test_nobody_confirms_an_own_report_and_others_do_not_see_it(as_, cast, report):
    assert as_(cast.bo).post(_url("confirm_work", report.pk)).status_code == 403
    assert as_(cast.quan).post(_url("confirm_work", report.pk)).status_code == 403
    for other in (cast.bea, cast.cai):
        assert as_(other).get(_url("work_report", report.pk)).status_code == 404
    assert as_(cast.sol).get(_url("work")).status_code == 403


def test_the_list_shows_what_waits_and_asks_no_more_of_more(
    as_, cast, report, django_assert_max_num_queries
):
    for at in range(1, 15):
        WorkReport.objects.create(
            person=cast.bo, unit=cast.first, day=date(2026, 11, at), facts=report.facts,
            submitted_at=report.submitted_at, confirmed_at=report.submitted_at,
            confirmed_by=cast.ada,
        )  # fmt: skip
    client = as_(cast.ada)
    with django_assert_max_num_queries(22):
        assert len(client.get(_url("work")).context["page"].object_list) == 15
    waiting = client.get(_url("work"), {"unconfirmed": "on"})
    assert list(waiting.context["page"]) == [report]
    rows = client.get(_url("work"), headers={"HX-Request": "true"})
    assert "<h1" not in rows.content.decode()


@pytest.mark.parametrize(
    ("name", "args", "wrong"),
    [
        ("work", [], "post"), ("new_work", [], "put"),
        ("work_report", [1], "post"), ("confirm_work", [1], "get"),
    ],
)  # fmt: skip
def test_the_doors(client, as_, cast, name, args, wrong):
    method = "post" if name == "confirm_work" else "get"
    assert getattr(client, method)(_url(name, *args)).status_code == 302
    signed_in = as_(cast.ada)
    if args:
        assert getattr(signed_in, method)(_url(name, 0)).status_code == 404
    assert getattr(signed_in, wrong)(_url(name, *args)).status_code == 405
