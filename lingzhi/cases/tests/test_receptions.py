"""Receptions: four phases, the protocol of transfers step by step, the front desk."""

import pytest
from django.urls import reverse

from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Reception
from lingzhi.cases.queries.receptions import phases_of
from lingzhi.cases.services.receptions import (
    NotAgreed,
    OutOfTurn,
    Taken,
    receive,
    set_reception_policy,
    take_step,
)
from lingzhi.cases.subjects import RECEPTIONS
from lingzhi.contacts.factories import make_contact
from lingzhi.core.errors import BadInput
from lingzhi.customers.factories import make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def reception(cast, calendar, at) -> Reception:
    at("2026-11-20 10:00")
    talk = make_contact("T1", agent="1002")
    return receive(cast.first, contact=talk, by=cast.bo)


def take(reception: Reception, *kinds: str, by, **facts) -> None:
    for kind in kinds:
        take_step(reception, Taken(kind, text="说明", **facts), by=by)


def missing(reception: Reception) -> list[str]:
    return [str(kind.value) for one in phases_of(reception) for kind in one.missing]


def test_each_phase_says_what_is_missing(cast, reception):
    assert missing(reception) == ["ready", "registered", "fed_back"]
    take(reception, "ready", "registered", "told_to_wait", "fed_back", by=cast.bo)
    assert missing(reception) == []
    waited = reception.steps.get(kind="told_to_wait")
    assert (waited.by, waited.text) == (cast.bo, "说明")


def test_problem_and_demand_are_written_down_or_stand_in_the_case(cast, reception):
    with pytest.raises(BadInput):
        take_step(reception, Taken("registered"), by=cast.bo)
    case = make_case(by=cast.bo, unit=cast.first, contact=reception.contact)
    assert case.number in take_step(reception, Taken("registered"), by=cast.bo).text


def test_a_transfer_goes_step_by_step(cast, reception):
    with pytest.raises(OutOfTurn):
        take(reception, "receiver", by=cast.bo, unit=cast.second)
    take(reception, "explained", by=cast.bo)
    assert "confirmed" in missing(reception)
    with pytest.raises(NotAgreed):
        take(reception, "receiver", by=cast.bo, unit=cast.second)
    take(reception, "consent", by=cast.bo, is_agreed=True)
    take(reception, "receiver", by=cast.bo, unit=cast.second, person=cast.chen)
    take(reception, "confirmed", by=cast.bo)
    assert "confirmed" not in missing(reception)
    assert [one.at for one in reception.steps.all()]


def test_who_said_no_is_not_transferred_and_consent_is_a_setting(cast, reception):
    set_reception_policy(needs_consent=False, by=cast.quan)
    take(reception, "explained", by=cast.bo)
    take(reception, "receiver", by=cast.bo, unit=cast.second)
    take(reception, "consent", by=cast.bo, is_agreed=False)
    with pytest.raises(NotAgreed):
        take(reception, "receiver", by=cast.bo, unit=cast.second)


def test_what_is_not_our_service_is_explained_and_referred(cast, reception):
    with pytest.raises(OutOfTurn):
        take(reception, "referred", by=cast.bo)
    take(reception, "out_of_scope", by=cast.bo)
    assert "referred" in missing(reception)
    take(reception, "referred", by=cast.bo)
    assert "referred" not in missing(reception)


def test_at_the_front_desk_somebody_arrives_and_is_guided(cast, calendar, as_):
    client = as_(cast.bo)
    client.post(reverse("cases:receptions"), {"visitor": "王先生", "unit": cast.first.pk})
    found = Reception.objects.get()
    page = reverse("cases:reception_step", args=[found.pk])
    sent = [("registered", {}), ("advised", {}), ("guided", {"unit": cast.second.pk}),
            ("materials", {}), ("fed_back", {})]  # fmt: skip
    for kind, more in sent:
        assert client.post(page, {"kind": kind, "text": "说明", **more}).status_code == 302
    assert missing(found) == []
    assert client.post(page, {"kind": "guided"}).status_code == 422
    shown = client.get(reverse("cases:receptions")).content.decode()
    assert reverse("cases:reception", args=[found.pk]) in shown


def test_it_stands_on_the_pages_of_conversation_and_case(cast, reception, as_):
    case = make_case(by=cast.bo, unit=cast.first, contact=reception.contact)
    address = reverse("cases:reception", args=[reception.pk])
    client = as_(cast.bo)
    for page in (("contacts:detail", reception.contact_id), ("cases:case", case.pk)):
        shown = client.get(reverse(page[0], args=[page[1]])).content.decode()
        assert address in shown
    begun = client.post(reverse("cases:receive_case", args=[case.pk]))
    assert begun.url == address


def test_what_was_said_goes_when_the_person_is_erased(cast, reception):
    customer = make_customer(phone="13800002071")
    type(reception.contact).objects.filter(pk=reception.contact_id).update(customer=customer)
    take(reception, "ready", by=cast.bo)
    keys = [customer.pk]
    assert [one["text"] for one in RECEPTIONS.held(keys)] == ["说明"]
    assert RECEPTIONS.erase(keys) == 1
    assert reception.steps.get().text == "–"
