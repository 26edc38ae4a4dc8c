"""The report calendar, and reports that are left unread (V-19)."""

from datetime import date

from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.notifications.models import Notice
from lingzhi.reports.models import Report
from lingzhi.reports.services import plan_report, tell_unread, write_due_reports

ENGLISH = {"Accept-Language": "en"}
URL = "reports:calendar"


def rows(client, **asked):
    found = client.get(reverse(URL), asked, headers=ENGLISH).context["page"].object_list
    return [(f"{one.row.due_on:%m-%d}", one.row.plan.kind, one.row.stands) for one in found]


def test_it_says_what_is_due_late_waits_and_is_read(
    as_, cast, plan, time_machine, django_assert_max_num_queries
):
    plan_report(
        cast.first, "weekly", kind="summary", from_on=date(2026, 11, 22), by=cast.quan,
        readers=["quality_manager"],
    )  # fmt: skip
    write_due_reports()
    client = as_(cast.quan)
    with django_assert_max_num_queries(40):
        page = client.get(reverse(URL), headers=ENGLISH).content.decode()
    assert "waits for Ada" in page
    assert rows(client) == [
        ("11-27", "summary", "coming"), ("11-23", "quality", "coming"),
        ("11-22", "quality", "unread"), ("11-20", "summary", "waits"),
    ]  # fmt: skip
    time_machine.move_to("2026-11-24T03:00:00+00:00", tick=False)
    found = rows(as_(cast.quan))
    assert ("11-23", "quality", "late") in found
    assert ("11-20", "summary", "late") in found  # planned on the 22nd, two days ago
    write_due_reports()
    report = Report.objects.get(first_on=date(2026, 11, 22))
    for person in (one.person for one in report.receipts.all()):
        as_(person).get(reverse("reports:detail", args=[report.pk]))
    assert rows(as_(cast.quan), stands="read") == [("11-23", "quality", "read")]
    assert "1 day late" in as_(cast.quan).get(reverse(URL), headers=ENGLISH).content.decode()
    assert rows(as_(cast.quan), month="2026-12")[-1] == ("12-04", "summary", "coming")
    assert rows(as_(cast.chen)) == []  # works in another team; nothing of it is laid before them


def test_unread_is_told_once_to_the_reader_and_then_to_who_leads_them(
    as_, cast, plan, time_machine
):
    write_due_reports()
    time_machine.move_to("2026-11-25T03:00:00+00:00", tick=False)
    write_due_reports()
    report = Report.objects.get(first_on=date(2026, 11, 21))
    as_(cast.quan).get(reverse("reports:detail", args=[report.pk]))
    people = set(report.receipts.filter(read_at=None).values_list("person_id", flat=True))
    assert tell_unread() == len(people)
    told = Notice.objects.filter(matter__startswith="reports.unread/", ended_at=None)
    assert set(told.values_list("person_id", flat=True)) == people
    assert cast.ada.pk in people
    time_machine.move_to("2026-11-26T03:00:00+00:00", tick=False)
    assert tell_unread() == 0
    time_machine.move_to("2026-11-29T03:00:00+00:00", tick=False)
    cast.first.owner = cast.ada
    cast.first.save()
    cast.hotline.owner = cast.sol
    cast.hotline.save()
    assert tell_unread() > 0
    matter = f"reports.unread/{plan.pk}-{cast.ada.pk}"
    about = told.filter(matter=matter)
    assert {one.person for one in about} == {cast.ada, cast.sol}
    assert tell_unread() == 0
    assert Entry.objects.filter(action="reports.unread_told").exists()
    newest = Report.objects.order_by("-first_on").first()
    as_(cast.ada).get(reverse("reports:detail", args=[newest.pk]))
    assert not about.all()
