"""Days and numbers at the edge are said to be wrong; no page breaks over them."""

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.org.models import Presence

FIRST, LAST = "0001-01-01", "9999-12-31"
DAYS = [{"to_on": LAST}, {"from_on": FIRST}, {"from_on": FIRST, "to_on": LAST}]
LISTS = ["contacts:list", "contacts:export", "inspections:results", "inspections:conversations"]


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("name", LISTS)
def test_lists_with_impossible_days(as_, cast, name, days):
    make_contact()
    assert as_(cast.quan).get(reverse(name), days).status_code == 200


@pytest.mark.parametrize("days", DAYS)
def test_the_audit_log_with_impossible_days(as_, cast, days):
    assert as_(cast.ann).get(reverse("audit:list"), days).status_code == 200


@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "0"])
def test_an_import_of_a_number_no_database_holds(as_, cast, number):
    make_contact("A1")
    assert as_(cast.quan).get(reverse("contacts:list"), {"batch": number}).status_code == 200


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_duty_on_an_impossible_day(as_, cast, day):
    assert as_(cast.ada).get(reverse("org:duty"), {"day": day}).status_code == 200


@pytest.mark.parametrize(
    ("begin", "end"), [(f"{FIRST}T00:00", f"{LAST}T23:59"), ("2026-11-20T08:00", f"{LAST}T23:59")]
)
def test_an_absence_without_end(as_, cast, begin, end):
    data = {"kind": "leave", "from_at": begin, "to_at": end}
    url = reverse("org:presence_record", args=[cast.bo.pk])
    assert as_(cast.ada).post(url, data).status_code == 422
    assert not Presence.objects.exists()


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_a_day_of_a_calendar_that_cannot_be(as_, cast, day):
    from tests.permissions.of_org import calendar

    url = reverse("org:calendar_day", kwargs=calendar(cast, None) | {"day": day})
    assert as_(cast.sol).get(url).status_code == 404
