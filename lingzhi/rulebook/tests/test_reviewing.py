from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.notifications.models import Notice
from lingzhi.rulebook.queries import review_due_on
from lingzhi.rulebook.queries.reviews import months_later
from lingzhi.rulebook.services import NothingInForce, record_review, remind_of_reviews

FORM = {"outcome": "fits", "note": "each clause looked at", "review_months": 6}


def url_of(version) -> str:
    return reverse("rulebook:review", args=[version.regulation_id])


def test_the_first_is_due_a_year_after_it_took_effect(in_force):
    assert review_due_on(in_force.regulation) == months_later(in_force.effective_on, 12)


def test_it_is_put_on_record_and_the_next_is_due(as_, cast, in_force):
    assert as_(cast.quan).post(url_of(in_force), FORM).status_code == 302
    in_force.regulation.refresh_from_db()
    assert review_due_on(in_force.regulation) == months_later(today(), 6)
    assert Entry.objects.filter(action="rulebook.reviewed").count() == 1


def test_what_has_to_be_revised_leads_to_the_revision(as_, cast, in_force):
    answer = as_(cast.quan).post(url_of(in_force), FORM | {"outcome": "revise"})
    assert answer["Location"] == reverse("rulebook:revise", args=[in_force.regulation_id])


@pytest.mark.parametrize("wrong", [{"note": ""}, {"outcome": "x"}, {"review_months": 0}])
def test_what_is_missing_is_named(as_, cast, in_force, wrong):
    answer = as_(cast.quan).post(url_of(in_force), FORM | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)


def test_only_who_writes_reviews(as_, cast, in_force):
    assert as_(cast.bo).get(url_of(in_force)).status_code == 403


def test_nothing_in_force_is_nothing_to_review(cast, draft):
    with pytest.raises(NothingInForce):
        record_review(draft.regulation, "fits", note="x", by=cast.quan)


def test_who_writes_is_reminded_once_when_it_is_due(cast, in_force):
    due_on = review_due_on(in_force.regulation)
    assert remind_of_reviews(date(due_on.year, due_on.month, 1)) == 0 or due_on.day == 1
    assert [remind_of_reviews(due_on), remind_of_reviews(due_on)] == [1, 0]
    record_review(in_force.regulation, "fits", note="all of it", by=cast.quan)
    assert not Notice.objects.filter(person=cast.quan, is_todo=True, ended_at=None,
                                     url=url_of(in_force)).exists()  # fmt: skip


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day, months):
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and months_later(later, 0) == later)
