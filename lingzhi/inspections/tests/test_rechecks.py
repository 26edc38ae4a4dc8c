"""质检复核: a sample of each inspector's scores is looked at before it is released."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Policy, Review, ReviewChange
from lingzhi.inspections.queries import rechecks
from lingzhi.inspections.queries.reviews import reviews_visible_to
from lingzhi.inspections.services import release_review
from lingzhi.inspections.services.rechecking import (
    NotToRecheck,
    OwnScore,
    recheck_review,
    release_all,
)
from lingzhi.inspections.services.reviewing import NotReleasable
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
NO = {"solve": {"value": "no"}}
TALK = "客户:我要退款\n客服:马上为您办"
CHANCE = rechecks.chance_of  # before the tests' conftest takes its place


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def given(cast, sheet):
    return make_review(make_contact("BO-1", agent="1002", turns=TALK), sheet, by=cast.ines)


@pytest.fixture
def drawn(given):
    Review.objects.filter(pk=given.pk).update(needs_recheck=True)
    given.refresh_from_db()
    return given


def policy(cast, **values):
    return Policy.objects.create(unit=cast.hotline, changed_at=now(), **values)


def url(name, review):
    return reverse(f"inspections:{name}", args=[review.pk])


def test_the_sample_repeats_itself_and_keeps_its_ratio():
    chances = [CHANCE(number) for number in range(1, 4001)]
    assert chances == [CHANCE(number) for number in range(1, 4001)]
    assert 0.08 < sum(chance < 0.1 for chance in chances) / 4000 < 0.12


def test_chance_decides_when_the_score_is_given(cast, sheet, given):
    assert given.needs_recheck is False
    policy(cast, recheck_ratio=1.0)
    other = make_review(make_contact("BO-2", agent="1002", turns=TALK), sheet, by=cast.ines)
    assert other.needs_recheck is True
    assert list(rechecks.to_recheck(cast.quan)) == [other]
    assert Entry.objects.filter(after__recheck=True).count() == 1


def test_what_is_drawn_is_not_released_before_somebody_looked(cast, drawn):
    with pytest.raises(NotReleasable):
        release_review(drawn, by=cast.quan)
    assert recheck_review(drawn, {}, by=cast.quan) is None
    assert (drawn.rechecked_by, drawn.value) == (cast.quan, 100)
    release_review(drawn, by=cast.quan)


def test_the_re_checker_changes_answers_and_the_first_score_stays(cast, drawn):
    change = recheck_review(drawn, NO, reason="not solved", by=cast.quan)
    assert (change.cause, change.value, change.new_value) == ("recheck", 100, 40)
    with pytest.raises(NotToRecheck):
        recheck_review(drawn, {}, by=cast.quan)
    assert ReviewChange.objects.count() == 1


def test_nobody_re_checks_a_score_they_gave(as_, cast, sheet):
    own = make_review(make_contact("BO-3", agent="1002", turns=TALK), sheet, by=cast.quan)
    with pytest.raises(OwnScore):
        recheck_review(own, {}, by=cast.quan)
    assert as_(cast.quan).get(url("recheck_review", own)).status_code == 403
    assert not rechecks.to_recheck(cast.quan).exists()


def test_the_page_agrees_or_changes(as_, cast, drawn):
    client = as_(cast.quan)
    page = client.get(url("recheck_review", drawn), headers=ENGLISH).content.decode()
    assert "Agree with this score" in page
    same = {"answer-greet": "yes", "answer-solve": "yes", "change": "1", "reason": "x"}
    assert client.post(url("recheck_review", drawn), same).status_code == 422
    without = same | {"answer-solve": "no", "reason": ""}
    assert client.post(url("recheck_review", drawn), without).status_code == 422
    drawn.refresh_from_db()
    assert drawn.rechecked_at is None
    client.post(url("recheck_review", drawn), same | {"answer-solve": "no"})
    drawn.refresh_from_db()
    assert (drawn.value, drawn.rechecked_by) == (40, cast.quan)


@pytest.mark.parametrize(("who", "status"), [("ada", 404), ("bo", 404), ("ines", 403)])
def test_others_do_not_re_check(as_, cast, drawn, who, status):
    assert as_(getattr(cast, who)).get(url("recheck_review", drawn)).status_code == status


def test_all_that_may_be_released_is_released_at_once(as_, cast, sheet, drawn):
    free = make_review(make_contact("BO-4", agent="1002", turns=TALK), sheet, by=cast.ines)
    client = as_(cast.quan)
    page = client.get(reverse("inspections:reviews"), headers=ENGLISH).content.decode()
    assert "1 to re-check" in page
    assert "Release 1 score" in page
    client.post(reverse("inspections:release_reviews"))
    free.refresh_from_db()
    drawn.refresh_from_db()
    assert (free.state, drawn.state) == ("released", "scored")
    assert release_all(by=cast.ines) == 0
    assert as_(cast.ines).post(reverse("inspections:release_reviews")).status_code == 403


def test_a_centre_may_release_by_itself(cast, sheet):
    policy(cast, releases_itself=True, recheck_ratio=0.0)
    free = make_review(make_contact("BO-5", agent="1002", turns=TALK), sheet, by=cast.ines)
    assert (free.state, free.released_by) == ("released", None)
    Policy.objects.update(recheck_ratio=1.0)
    held = make_review(make_contact("BO-6", agent="1002", turns=TALK), sheet, by=cast.ines)
    assert held.state == "scored"
    recheck_review(held, {}, by=cast.quan)
    held.refresh_from_db()
    assert held.state == "released"


# --- 暗查 --------------------------------------------------------------------------------------


@pytest.fixture
def covert(given):
    Review.objects.filter(pk=given.pk).update(is_covert=True)
    given.refresh_from_db()
    return given


def test_a_covert_inspection_shows_itself_to_nobody_before_it_is_published(as_, cast, covert):
    for person in (cast.bo, cast.ada, cast.cai, cast.nora):
        assert not reviews_visible_to(person).exists()
    page = as_(cast.bo).get(reverse("contacts:detail", args=[covert.contact_id]))
    assert reverse("inspections:review", args=[covert.pk]) not in page.content.decode()
    assert as_(cast.ada).get(url("review", covert)).status_code == 404
    assert not Notice.objects.filter(person__in=[cast.bo, cast.ada]).exists()
    assert not rechecks.releasable(cast.quan).exists()  # not with the others
    release_review(covert, by=cast.quan)
    assert reviews_visible_to(cast.bo).get() == covert
    assert reviews_visible_to(cast.ada).get() == covert


def test_who_re_checks_sees_nothing_about_themselves_before_release(cast, hold, sheet):
    hold(cast.bo, "lead_inspector", cast.hotline)
    make_review(make_contact("BO-7", agent="1002", turns=TALK), sheet, by=cast.ines)
    assert not reviews_visible_to(cast.bo).exists()
    assert not rechecks.releasable(cast.bo).exists()
