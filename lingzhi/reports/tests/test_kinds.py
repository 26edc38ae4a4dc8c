"""Kinds of report: made on their day, handed in, reviewed, decided upon, answered (R-AN-05…12)."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.audit.models import Entry
from lingzhi.cases.models import Goods
from lingzhi.cases.services.complaints import Registration, register_complaint
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.core.clock import now
from lingzhi.core.origins import origins
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.models import Alert
from lingzhi.kpis.queries import Period
from lingzhi.kpis.services import ensure_definition
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Calendar, SpecialDate
from lingzhi.org.queries import calendar_of
from lingzhi.reports.models import Decision, Plan, Report
from lingzhi.reports.presenting.outline import outline
from lingzhi.reports.presenting.points import numbers_of
from lingzhi.reports.presenting.whole import shown_report
from lingzhi.reports.queries.material import Material
from lingzhi.reports.queries.month_end import last_working_day
from lingzhi.reports.queries.points import points_of
from lingzhi.reports.queries.problems import problems_of
from lingzhi.reports.services import plan_report, write_due_reports

ENGLISH = {"Accept-Language": "en"}
NOVEMBER, YESTERDAY = date(2026, 11, 22), date(2026, 11, 20)


def at(time_machine, day: str) -> None:
    time_machine.move_to(f"{day}T03:00:00+00:00", tick=False)


@pytest.fixture
def top(cast, hold):
    """The general manager."""
    hold(cast.nora, "leadership", cast.company)
    return cast.nora


def planned(cast, kind: str, cadence: str, **more) -> Plan:
    unit = more.pop("unit", cast.hotline)
    return plan_report(unit, cadence, kind=kind, from_on=NOVEMBER, by=cast.quan, **more)


def only(plan: Plan) -> Report:
    return plan.reports.get()


def complained(cast, time_machine):
    """In the week before, about four defective units of a product; the second team handles it."""
    at(time_machine, "2026-11-12")
    lay_built_ins(by=None)
    made = register_complaint(Registration("水泵漏水", "连漏两次"), by=cast.cai)
    Goods.objects.create(complaint=made, product="净水器", quantity=10, defective=4)
    at(time_machine, "2026-11-22")
    return made


def test_the_supervision_report_is_sent_at_the_months_end(
    as_, cast, yesterday, top, time_machine, run_jobs
):
    """Saturday the 28th is a make-up workday here, Monday the 30th a day off."""
    calendar = calendar_of(cast.hotline) or Calendar.objects.create(
        name="年历", is_default=True, published_from=date(2026, 1, 1),
        published_until=date(2026, 12, 31),
    )  # fmt: skip
    for weekday in range(5):
        calendar.openings.get_or_create(weekday=weekday, defaults={"slots": "09:00-18:00"})
    for day, is_worked in ((28, True), (29, False), (30, False)):
        SpecialDate.objects.update_or_create(
            calendar=calendar, day=date(2026, 11, day), defaults={"is_worked": is_worked}
        )
    assert last_working_day(cast.hotline, NOVEMBER) == date(2026, 11, 28)
    plan = planned(cast, "supervision", "monthly", readers=["leadership"])
    Report.objects.all().delete()
    at(time_machine, "2026-11-27")
    write_due_reports()
    assert not plan.reports.filter(last_on__gte=date(2026, 11, 1)).exists()
    at(time_machine, "2026-11-28")
    write_due_reports()
    report = plan.reports.get(last_on=date(2026, 11, 27))
    assert (report.first_on, report.state) == (date(2026, 10, 30), "draft")
    assert as_(top).get(reverse("reports:detail", args=[report.pk])).status_code == 404
    assert Notice.objects.filter(
        person=cast.quan, is_todo=True, ended_at=None, matter=f"reports.draft/{report.pk}"
    ).exists()
    url = reverse("reports:hand_in", args=[report.pk])
    assert as_(cast.quan).post(url, {"words": " "}).status_code == 422
    as_(cast.quan).post(url, {"words": "严重问题上升，电话 13800138000 已回访。"})
    report.refresh_from_db()
    assert report.is_published
    assert "13800138000" not in report.words
    assert [one.person for one in report.receipts.all()] == [top]
    assert as_(cast.quan).post(url, {"words": "又一次"}).status_code == 409
    page = as_(top).get(reverse("reports:detail", args=[report.pk]), headers=ENGLISH)
    assert "严重问题上升" in page.content.decode()
    assert report.receipts.get().read_at is not None
    assert Entry.objects.filter(action="reports.handed_in").count() == 1


def test_points_of_the_month_are_found_by_rule_and_decided_by_a_person(
    as_, cast, yesterday, time_machine
):
    plan = planned(cast, "review", "monthly", readers=["quality_manager"])
    at(time_machine, "2026-12-01")
    write_due_reports()
    report = plan.reports.get(first_on=date(2026, 11, 1))
    assert report.facts["sections"]["points"] == []  # no month before to compare with: honest
    days = [Material(cast.hotline, Period(day, day)) for day in (date(2026, 11, 21), YESTERDAY)]
    found = points_of(days[0], [], problems_of(days[0], days[1]))
    assert [(one["kind"], one["hits"], one["before_hits"]) for one in found] == [("rule", 10, 1)]
    way = next(iter(indicators()["K01"].variants))
    alert = Alert.objects.create(
        definition=ensure_definition("K01", way, {}, by=None), unit=cast.first,
        began_on=date(2026, 11, 21),
        found_on=date(2026, 11, 21), last_on=date(2026, 11, 21), usual=95.0, change=-12.0,
        raised_at=now(),
    )  # fmt: skip
    [signal, _rule] = points_of(days[0], [], problems_of(days[0], days[1]))
    assert signal["key"] == f"signal:{alert.pk}"
    with override("en"):
        assert numbers_of(signal) == ("一组, since 2026-11-21: by -12.0% against the usual 95.0%")
    report.facts["sections"]["points"] = found
    report.save()
    url = reverse("reports:decide", args=[report.pk, 1])
    client = as_(cast.quan)
    assert (
        "10 / 40 (25.0% [12.7%–41.2%]), before 1 / 40 (2.5%)"
        in client.get(url, headers=ENGLISH).content.decode()
    )
    assert client.post(url, {"is_taken": "no"}).status_code == 422
    answer = client.post(url, {"is_taken": "yes"})
    made = Decision.objects.get()
    assert answer["Location"].endswith(f"?source=reports.point&key={made.pk}")
    assert client.post(url, {"is_taken": "yes"}).status_code == 409
    found = origins()["reports.point"].find(cast.quan, [made.pk])[made.pk]
    assert (found.unit_id, found.words[:7]) == (cast.hotline.pk, "10 / 40")
    assert origins()["reports.point"].find(cast.bo, [made.pk]) == {}
    parts = {one.title: one for one in outline(shown_report(report))}
    assert any(row[1] == "推诿用语" for part in parts.values() for row in part.rows)
    assert Entry.objects.filter(action="reports.point_decided").count() == 1
    assert client.get(reverse("reports:decide", args=[report.pk, 2])).status_code == 404


def test_the_yearly_report_goes_out_once_it_is_approved(as_, cast, yesterday, top, run_jobs):
    plan = planned(cast, "service", "yearly", readers=["leadership"])
    run_jobs()
    report = only(plan)
    assert (report.first_on, report.last_on) == (date(2025, 1, 1), date(2025, 12, 31))
    url = reverse("reports:hand_in", args=[report.pk])
    as_(cast.quan).post(url, {"words": "全年平稳。"})
    decide(Approval.objects.get(), is_agreed=False, comment="缺投诉分析", by=top)
    assert not report.receipts.exists()
    as_(cast.quan).post(reverse("reports:take_back", args=[report.pk]))
    as_(cast.quan).post(url, {"words": "全年平稳，投诉见第三节。"})
    assert as_(cast.quan).post(reverse("reports:take_back", args=[report.pk])).status_code == 409
    report.refresh_from_db()
    assert report.state == "asked"
    decide(Approval.objects.get(state="open"), is_agreed=True, comment="", by=top)
    run_jobs()
    report.refresh_from_db()
    assert report.is_published
    assert [one.person for one in report.receipts.all()] == [top]


def test_a_head_hands_in_the_summary_of_the_own_unit_only(as_, cast, yesterday, run_jobs):
    own = planned(cast, "summary", "weekly", unit=cast.first, readers=["quality_manager"])
    other = planned(cast, "summary", "weekly", unit=cast.second, readers=["quality_manager"])
    run_jobs()
    assert Notice.objects.filter(person=cast.ada, is_todo=True).exists()
    url = reverse("reports:hand_in", args=[only(other).pk])
    assert as_(cast.ada).post(url, {"words": "?"}).status_code == 404
    url = reverse("reports:hand_in", args=[only(own).pk])
    assert as_(cast.ada).post(url, {"words": "本周平稳"}).status_code == 302
    assert [one.person for one in only(own).receipts.all()] == [cast.quan]


def test_a_department_gets_its_figures_and_answers_what_customers_say(
    as_, cast, hold, on_22_november, run_jobs, time_machine
):
    hold(cast.nora, "department_officer", cast.second)
    figures = planned(
        cast, "department", "weekly", unit=cast.second,
        readers=["department_officer", "team_leader"],
    )  # fmt: skip
    told = planned(cast, "returned", "weekly", unit=cast.second, readers=["department_officer"])
    complaint = complained(cast, time_machine)
    run_jobs()
    report = only(figures)
    page = as_(cast.nora).get(reverse("reports:detail", args=[report.pk]), headers=ENGLISH)
    assert (
        "Cases registered: 1, in the period before 0; open at the end: 1." in page.content.decode()
    )
    # Who leads another team does not get it: its own reach does not cover the unit.
    assert cast.ada not in [one.person for one in report.receipts.all()]
    report = only(told)
    assert complaint.goods.exists()
    url = reverse("reports:decide", args=[report.pk, 1])
    assert as_(cast.quan).post(url, {"is_taken": "yes", "words": "?"}).status_code == 403
    assert as_(cast.nora).post(url, {"is_taken": "yes"}).status_code == 422
    as_(cast.nora).post(url, {"is_taken": "yes", "words": "已更换供应商批次"})
    page = as_(cast.quan).get(reverse("reports:detail", args=[report.pk]), headers=ENGLISH)
    assert "已更换供应商批次" in page.content.decode()
    assert "1, before 0 · 0 upheld · 4 defective" in page.content.decode()
