"""The monthly close: what it waits for, and dated corrections after it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import midnight, now, today
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import LateScore, MonthClose, Policy, Review, ReviewChange
from lingzhi.inspections.queries.closing import open_matters, past_months
from lingzhi.inspections.services import open_review, release_review
from lingzhi.inspections.services.appeals import Point, open_appeal
from lingzhi.inspections.services.closing import (
    ClosedAlready,
    NotClosed,
    NotOver,
    StillOpen,
    close_due_months,
    close_month,
    correct_review,
)
from lingzhi.inspections.services.correcting import IsClosed, change_score
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
TALK = "客户:我要退款\n客服:马上为您办"
NO = {"solve": {"value": "no"}}
CLOSING = reverse("inspections:closing")


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def month():
    return past_months()[0]


@pytest.fixture
def released(cast, sheet, month):
    """Two released scores of last month: 100 and 40."""
    made = [
        make_review(
            make_contact(f"BO-{at}", agent="1002", turns=TALK), sheet, by=cast.ines,
            lead=cast.quan, solve=solve,
        )
        for at, solve in enumerate(("yes", "no"))
    ]  # fmt: skip
    _in_month(month)
    for one in made:
        one.refresh_from_db()
    return made


def _in_month(month):
    Review.objects.update(scored_at=midnight(month) + timedelta(days=9), started_at=midnight(month))


def url(name, row):
    return reverse(f"inspections:{name}", args=[row.pk])


def page(client, address, **query):
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_closed_month_changes_only_by_a_dated_correction(cast, released, month):
    close = close_month(cast.hotline, month, by=cast.quan)
    assert (close.reviews, close.closed_by) == (2, cast.quan)
    assert Review.objects.filter(closed_at__isnull=False).count() == 2
    with pytest.raises(IsClosed):
        change_score(released[0], NO, cause=ReviewChange.Cause.APPEAL, reason="x", by=cast.quan)
    change = correct_review(Review.objects.get(pk=released[0].pk), NO, reason="x", by=cast.quan)
    assert (change.cause, change.new_value) == ("correction", Decimal(40))
    assert Notice.objects.filter(person=cast.bo, title__contains="更正").exists()
    with pytest.raises(ClosedAlready):
        close_month(cast.hotline, month, by=cast.quan)
    assert Entry.objects.filter(action="inspections.month_closed").count() == 1


def test_the_close_names_what_still_waits(cast, sheet, released, month):
    waiting = make_review(make_contact("W", agent="1002", turns=TALK), sheet, by=cast.ines)
    drawn = make_review(make_contact("R", agent="2002", turns=TALK), sheet, by=cast.ines)
    vetoed = make_review(make_contact("V", agent="1003", turns=TALK), sheet, by=cast.ines)
    open_review(make_contact("D", agent="1003", turns=TALK), sheet, by=cast.ines)
    Review.objects.filter(pk=drawn.pk).update(needs_recheck=True)
    Review.objects.filter(pk=vetoed.pk).update(is_vetoed=True, needs_recheck=True)
    _in_month(month)
    found = open_matters(cast.hotline, month)
    assert (found.vetoes, found.rechecks, found.unreleased) == (1, 1, 1)
    assert (found.released, found.drafts) == (2, 1)
    with pytest.raises(StillOpen) as refused:
        close_month(cast.hotline, month, by=cast.quan)
    assert str(refused.value.sentence).count("1") == 3
    assert not MonthClose.objects.exists()
    assert waiting.closed_at is None
    assert open_matters(cast.second, month).unreleased == 0


def test_a_draft_and_a_covert_inspection_do_not_keep_it_open(cast, sheet, released, month):
    covert = make_review(make_contact("C", agent="1002", turns=TALK), sheet, by=cast.ines)
    Review.objects.filter(pk=covert.pk).update(is_covert=True)
    _in_month(month)
    assert open_matters(cast.hotline, month).covert == 1
    close_month(cast.hotline, month, by=cast.quan)
    covert.refresh_from_db()
    assert covert.closed_at is None


def test_a_month_that_is_not_over_is_not_closed(cast):
    with pytest.raises(NotOver):
        close_month(cast.hotline, today().replace(day=1), by=cast.quan)


def test_on_its_day_a_month_closes_by_itself(cast, released, month, monkeypatch):
    day = today().replace(day=10)
    monkeypatch.setattr("lingzhi.inspections.queries.closing.today", lambda: day)
    Policy.objects.create(unit=cast.hotline, close_day=11, changed_at=now())
    Policy.objects.create(unit=cast.company, close_day=28, changed_at=now())
    assert close_due_months() == 0
    Policy.objects.filter(unit=cast.hotline).update(close_day=10)
    assert close_due_months() == 1
    assert close_due_months() == 0
    assert MonthClose.objects.get().closed_by is None


def test_who_releases_is_told_what_keeps_a_month_open(cast, sheet, released, month, monkeypatch):
    monkeypatch.setattr(
        "lingzhi.inspections.queries.closing.today", lambda: today().replace(day=15)
    )
    waiting = make_review(make_contact("W", agent="1002", turns=TALK), sheet, by=cast.ines)
    _in_month(month)
    close_due_months()
    assert Notice.objects.filter(person=cast.quan, matter__startswith="inspections.close").exists()
    release_review(waiting, by=cast.quan)
    assert close_due_months() == 2  # the centre, then the company above it


def test_the_page_closes_it(as_, cast, released, month):
    client = as_(cast.quan)
    query = {"unit": cast.hotline.pk, "month": f"{month:%Y-%m}"}
    assert "Close this month" in page(client, CLOSING, **query)
    client.post(reverse("inspections:close_month", args=[cast.hotline.pk]), query)
    found = page(client, CLOSING, **query)
    assert "Close this month" not in found
    assert "Quan" in found
    again = client.post(reverse("inspections:close_month", args=[cast.hotline.pk]), query)
    assert again.status_code == 409


@pytest.mark.parametrize("who", ["ada", "bo", "ines", "sol"])
def test_others_do_not_close(as_, cast, released, who):
    client = as_(getattr(cast, who))
    assert client.get(CLOSING).status_code == 403
    assert (
        client.post(reverse("inspections:close_month", args=[cast.hotline.pk])).status_code == 403
    )


# --- published late ---


@pytest.fixture
def covert(cast, sheet, month):
    """A covert score of 100 of the month before last, whose only other score is 40; closed."""
    first = past_months()[1]
    known = make_review(
        make_contact("K", agent="1002", turns=TALK), sheet, by=cast.ines, lead=cast.quan, solve="no"
    )
    covert = make_review(make_contact("C", agent="1002", turns=TALK), sheet, by=cast.ines)
    Review.objects.filter(pk=covert.pk).update(is_covert=True)
    _in_month(first)
    assert close_month(cast.hotline, first, by=cast.quan).reviews == 1
    known.refresh_from_db()
    assert known.closed_at is not None
    return Review.objects.get(pk=covert.pk)


def test_what_is_published_late_is_taken_in_by_the_next_close(as_, cast, covert, month):
    release_review(covert, by=cast.quan)
    assert open_matters(cast.hotline, month).late == 1
    close = close_month(cast.hotline, month, by=cast.quan)
    late = LateScore.objects.get()
    assert (close.reviews, late.close, late.review) == (0, close, covert)
    assert (late.mean_before, late.mean_after, late.scores) == (40, 70, 2)
    covert.refresh_from_db()
    assert covert.closed_at == close.closed_at
    for person in (cast.quan, cast.bo):
        assert "40 → <b>70</b>" in page(as_(person), reverse("inspections:late_scores"))
    assert "70" not in page(as_(cast.cai), reverse("inspections:late_scores"))
    assert "and 1 late" in page(as_(cast.quan), CLOSING)


def test_an_appeal_against_a_late_score_ends_before_it_is_closed(cast, covert, month):
    release_review(covert, by=cast.quan)
    covert.refresh_from_db()
    open_appeal(covert, [Point("greet", "why")], by=cast.bo)
    with pytest.raises(StillOpen):
        close_month(cast.hotline, month, by=cast.quan)


def test_late_is_only_what_was_given_in_a_month_that_is_closed(cast, covert, released, month):
    release_review(covert, by=cast.quan)
    MonthClose.objects.all().delete()
    assert open_matters(cast.hotline, month).late == 0


def test_a_month_with_nothing_but_late_scores_closes_by_itself(cast, covert, month, monkeypatch):
    release_review(covert, by=cast.quan)
    monkeypatch.setattr(
        "lingzhi.inspections.queries.closing.today", lambda: today().replace(day=15)
    )
    close_due_months()
    assert LateScore.objects.get().close.month == month


# --- corrections ------------------------------------------------------------------------------


@pytest.fixture
def closed(cast, released, month):
    close_month(cast.hotline, month, by=cast.quan)
    return Review.objects.get(pk=released[0].pk)


def test_its_effect_is_shown_before_it_is_confirmed(as_, cast, closed):
    client = as_(cast.quan)
    sent = {"answer-greet": "yes", "answer-solve": "no", "reason": "heard again"}
    answer = client.post(url("correct_review", closed), {**sent, "show": "1"}, headers=ENGLISH)
    text = " ".join(answer.content.decode().split())
    assert "100 → <b>40</b>" in text
    assert "70 → <b>40</b>" in text  # the mean of the month: (100 + 40) / 2 and (40 + 40) / 2
    assert not ReviewChange.objects.exists()
    client.post(url("correct_review", closed), {**sent, "confirm": "1"})
    closed.refresh_from_db()
    assert closed.value == 40
    for person in (cast.bo, cast.ada, cast.quan):
        assert "heard again" in page(as_(person), reverse("inspections:corrections"))
    assert "heard again" not in page(as_(cast.cai), reverse("inspections:corrections"))


def test_a_correction_needs_a_reason_and_another_answer(as_, cast, closed):
    client = as_(cast.quan)
    same = {"answer-greet": "yes", "answer-solve": "yes", "reason": "x", "confirm": "1"}
    assert client.post(url("correct_review", closed), same).status_code == 422
    without = {**same, "answer-solve": "no", "reason": ""}
    assert client.post(url("correct_review", closed), without).status_code == 422
    assert not ReviewChange.objects.exists()


def test_what_is_not_closed_is_not_corrected(as_, cast, released):
    assert as_(cast.quan).get(url("correct_review", released[0])).status_code == 409
    with pytest.raises(NotClosed):
        correct_review(released[0], NO, reason="x", by=cast.quan)


@pytest.mark.parametrize(("who", "status"), [("bo", 403), ("cai", 404), ("ines", 403)])
def test_others_do_not_correct(as_, cast, closed, who, status):
    assert as_(getattr(cast, who)).get(url("correct_review", closed)).status_code == status
