"""One defect rate from two sources: what rules said of everything, corrected by people."""

import pytest
from django.urls import reverse

from lingzhi.contacts.models import Contact
from lingzhi.inspections.factories import make_rule, make_sheet
from lingzhi.inspections.queries import RuleFilters, tallies_of
from lingzhi.inspections.queries.defects import bad_of, defect_rates
from lingzhi.inspections.tests.test_trust import FILLED, KIND, PUSHED, reviewed, talks

pytestmark = pytest.mark.django_db
HOME, RESULTS = "/", reverse("inspections:results")


@pytest.fixture
def sheet(cast):
    make_rule()
    return make_sheet(cast.quan, FILLED, code="filled")


def rates():
    contacts = Contact.objects.all()
    return defect_rates(tallies_of(contacts), contacts, RuleFilters())


def test_without_a_sample_there_is_no_rate(cast, sheet):
    talks(3, PUSHED)
    assert rates() == (None, {})


def test_the_sample_corrects_what_the_rules_say(cast, sheet):
    """20 hits of which half are wrong, 60 non-hits of which a tenth are bad: 16 of 80 are bad."""
    hits, misses = talks(20, PUSHED), talks(60, KIND)
    for at, contact in enumerate(hits[:10]):
        reviewed(cast, sheet, contact, "bad" if at % 2 else "ok", 0.5)
    for at, contact in enumerate(misses[:30]):
        reviewed(cast, sheet, contact, "bad" if at % 10 == 0 else "ok", 0.5)
    whole, teams = rates()
    assert whole.automatic.ratio == 0.25
    assert whole.human.value == pytest.approx(8 / 40)
    assert whole.corrected.value == pytest.approx((20 * 0.5 + 60 * 0.1) / 80)
    assert whole.corrected.low < 0.2 < whole.corrected.high
    assert list(teams) == [cast.first.pk]
    assert teams[cast.first.pk].corrected.value == pytest.approx(whole.corrected.value)


def test_what_was_chosen_by_hand_does_not_count(cast, sheet):
    review = reviewed(cast, sheet, talks(1, PUSHED)[0], "bad")
    review.task.inclusion = None
    review.task.save()
    assert rates() == (None, {})


def test_a_sheet_that_says_nothing_about_it_is_left_out():
    assert bad_of(False, None, {}) is None
    assert bad_of(False, None, {"customer": None}) is None
    assert bad_of(False, None, {"customer": False}) is False
    assert bad_of(False, True, {"customer": True}) is True
    assert bad_of(True, True, {}) is True


@pytest.mark.parametrize("address", [HOME, RESULTS])
def test_the_three_rates_stand_side_by_side(as_, cast, sheet, address):
    for contact in talks(32, PUSHED)[:31]:
        reviewed(cast, sheet, contact, "bad", 0.97)
    page = as_(cast.quan).get(address, {"period": "all"}, headers={"Accept-Language": "en"})
    html = " ".join(page.content.decode().split())
    for words in ("Rules alone", "People alone", "Corrected", "Use this one.", "31 conversations"):
        assert words in html
