from datetime import timedelta

from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.org.models import Designation
from lingzhi.org.queries import in_charge_of
from lingzhi.org.services import change_unit, designate, end_dated

LONG_AGO = today() - timedelta(days=100)


def test_the_nearest_designation_counts(cast):
    designate("complaints", cast.company, person=cast.nora, from_on=LONG_AGO, by=cast.sol)
    designate("complaints", cast.first, person=cast.ada, from_on=LONG_AGO, by=cast.sol)
    assert in_charge_of("complaints", now(), cast.first) == cast.ada
    assert in_charge_of("complaints", now(), cast.second) == cast.nora
    assert in_charge_of("safety", now(), cast.first) is None


def test_without_a_person_the_head_of_the_unit_answers(cast):
    designate("quality", cast.first, from_on=LONG_AGO, by=cast.sol)
    assert in_charge_of("quality", now()) is None
    change_unit(cast.first, {"owner": cast.ada}, by=cast.sol)
    assert in_charge_of("quality", now()) == cast.ada


def test_it_is_entered_on_a_page(as_, cast):
    given = {
        "matter": "complaints",
        "unit": cast.first.pk,
        "contact": "400-000-0000",
        "is_published": "on",
        "from_on": "2026-01-01",
    }
    client = as_(cast.sol)
    assert client.post(reverse("org:designate"), given).status_code == 302
    assert Designation.objects.get().is_published
    assert client.post(reverse("org:designate"), given).status_code == 422
    assert Entry.objects.filter(action="org.designated").count() == 1


def test_it_ends_and_the_page_says_nobody(as_, cast):
    row = designate("quality", cast.first, person=cast.ada, from_on=LONG_AGO, by=cast.sol)
    as_(cast.sol).post(reverse("org:designation_end", args=[row.pk]), {"on": (today()).isoformat()})
    assert in_charge_of("quality", now() + timedelta(days=1)) is None
    assert in_charge_of("quality", now()) == cast.ada


def test_one_entered_wrongly_is_as_if_it_never_was(cast):
    row = designate("quality", cast.first, from_on=today(), by=cast.sol)
    end_dated(row, on=LONG_AGO, by=cast.sol)
    assert not Designation.objects.exists()
