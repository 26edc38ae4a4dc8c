"""What items of a sheet have to do with what customers do afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import ItemValidity
from lingzhi.inspections.queries.validity import Outcome, outcomes_of, validity_of
from lingzhi.inspections.services.validating import count_validity

pytestmark = pytest.mark.django_db
WORDS = "客户:我要退款\n客服:我帮您查一下"


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


def rated(number, rating, **more):
    contact = make_contact(f"R-{number}", agent="1002", turns=WORDS, **more)
    Contact.objects.filter(pk=contact.pk).update(meta={"satisfaction": rating})
    contact.refresh_from_db()
    return contact


def counted(sheet, item, outcome=Outcome.DISSATISFIED):
    row = ItemValidity.objects.get(sheet=sheet.sheet, item=item, outcome=outcome)
    return row.failed_bad, row.failed_count, row.fine_bad, row.fine_count


def known(contact):
    return outcomes_of([contact.pk])[contact.pk]


def test_items_are_held_against_ratings(cast, sheet):
    for number, (rating, greet) in enumerate([(1, "no"), (5, "no"), (5, "yes"), (None, "yes")]):
        make_review(rated(number, rating), sheet, by=cast.ines, greet=greet)
    assert count_validity() == 2
    assert counted(sheet, "greet") == (1, 2, 0, 1)
    assert counted(sheet, "solve") == (0, 0, 1, 3)
    count_validity()
    assert ItemValidity.objects.filter(item="greet", outcome="dissatisfied").count() == 1


def test_who_comes_again_or_complains_is_known_by_the_customer():
    month_ago = now() - timedelta(days=60)
    first = make_contact("A", turns=WORDS, customer_phone="13800002071", direction="in")
    again = make_contact("B", turns=WORDS, customer_phone="13800002071", direction="in")
    alone = make_contact("C", turns=WORDS, customer_phone="13800002072", direction="in")
    nobody = make_contact("D", turns=WORDS)
    Contact.objects.update(started_at=month_ago)
    Contact.objects.filter(pk=again.pk).update(
        started_at=month_ago + timedelta(days=3), queue="投诉处理"
    )
    assert (known(first)["repeat"], known(first)["complaint"]) == (True, True)
    assert (known(alone)["repeat"], known(alone)["complaint"]) == (False, False)
    assert (known(nobody)["repeat"], known(nobody)["complaint"]) == (None, None)
    Contact.objects.filter(pk=alone.pk).update(started_at=now() - timedelta(days=8))
    assert (known(alone)["repeat"], known(alone)["complaint"]) == (False, None)  # may still


def row(sheet, item, outcome, counts):
    failed_bad, failed, fine_bad, fine = counts
    ItemValidity.objects.create(
        sheet=sheet.sheet, item=item, outcome=outcome, failed_bad=failed_bad, failed_count=failed,
        fine_bad=fine_bad, fine_count=fine, counted_at=now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "tells", "is_to_remove"),
    [
        ((60, 100, 20, 100), True, False),  # follows three times as often
        ((50, 1000, 50, 1000), False, True),  # no difference, and a large one is ruled out
        ((2, 35, 2, 35), False, False),  # no difference seen, but one could be there
        ((5, 20, 0, 400), False, False),  # too few
    ],
)
def test_an_item_is_proposed_for_removal_only_on_enough_data(sheet, counts, tells, is_to_remove):
    row(sheet, "greet", Outcome.REPEAT, counts)
    found = validity_of(sheet.sheet)["greet"]
    assert (found.tells, found.is_to_remove) == (tells, is_to_remove)


def test_one_outcome_that_it_predicts_keeps_an_item(sheet):
    row(sheet, "greet", Outcome.REPEAT, (50, 1000, 50, 1000))
    row(sheet, "greet", Outcome.COMPLAINT, (60, 100, 20, 100))
    assert validity_of(sheet.sheet)["greet"].is_to_remove is False


def test_the_page_names_what_could_be_left_out(as_, cast, sheet):
    address = reverse("inspections:validity", args=[sheet.sheet_id])
    english = {"Accept-Language": "en"}
    assert "Nothing counted yet" in as_(cast.ines).get(address, headers=english).content.decode()
    row(sheet, "greet", Outcome.REPEAT, (50, 1000, 50, 1000))
    page = as_(cast.ines).get(address, headers=english).content.decode()
    assert "proposed for removal" in page
    assert "1 item predicts nothing" in page
    assert as_(cast.bo).get(address).status_code == 403
