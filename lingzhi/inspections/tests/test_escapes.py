"""A conversation that passed and led to an upheld complaint is counted and laid before leads."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.cases.tests.complaining import complain, decided
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now, today
from lingzhi.core.measures import Place, measures
from lingzhi.core.origins import origins
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.people import heads_of
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Review
from lingzhi.notifications.models import Notice
from lingzhi.org.queries import team_of

pytestmark = pytest.mark.django_db


def test_an_escaped_defect_is_counted_shown_and_proposed(cast, as_, run_jobs):
    talk = make_contact("BO-1", agent="1002", turns="客户:我要退款\n客服:好")
    Contact.objects.filter(pk=talk.pk).update(unit=cast.first, agent=cast.bo)
    talk.refresh_from_db()
    review = make_review(talk, make_sheet(cast.quan), by=cast.ines, lead=cast.quan)
    made = decided(complain(by=cast.bo, contact=talk), by=cast.ada)
    run_jobs()
    review.refresh_from_db()
    assert review.is_passed
    told = Notice.objects.filter(matter=f"inspections.escape/{made.pk}", is_todo=True)
    assert cast.quan in [one.person for one in told]
    day = talk.started_at.date()
    rows = measures()["inspections.escaped"].rows({}, Place(), day, today())
    assert [(row.numerator, row.denominator) for row in rows] == [(1.0, 1)]
    shown = as_(cast.quan).get(reverse("cases:case", args=[made.pk]))
    assert "inspections/_escape.html" in [one.name for one in shown.templates]
    row = Rectification.objects.get()
    assert made.case.number in row.problem
    assert (row.unit, row.owner) == (team_of(cast.ines, today()), heads_of(row.unit)[0])
    assert reverse("improvement:rectification", args=[row.pk]) in shown.text
    form = as_(cast.quan).get(reverse("inspections:new_calibration"), {"numbers": "BO-1"})
    assert "BO-1" in form.text


def test_the_next_one_of_the_same_sheet_is_put_right_in_the_same_record(cast, run_jobs):
    sheet = make_sheet(cast.quan)
    for number in ("BO-1", "BO-2"):
        talk = make_contact(number, agent="1002", turns="客户:我要退款\n客服:好")
        Contact.objects.filter(pk=talk.pk).update(unit=cast.first, agent=cast.bo)
        talk.refresh_from_db()
        make_review(talk, sheet, by=cast.ines, lead=cast.quan)
        decided(complain(by=cast.bo, contact=talk), by=cast.ada)
        run_jobs()
    assert Rectification.objects.get().sources.count() == 2
    again = origins()["inspections.escape"].again
    key = Review.objects.earliest("pk").pk
    assert again is not None
    assert "BO-1" in again(key, now() - timedelta(days=1))
    assert again(key, now()) == ""
