from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.factories import TALK, make_contact
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.customers.models import Customer, Identifier
from lingzhi.imports.models import Batch


def test_agent_and_team_are_those_of_the_day(cast):
    contact = make_contact(agent="1002")
    assert (contact.agent, contact.unit) == (cast.bo, cast.first)


def test_an_unknown_agent_waits_and_nothing_is_dropped(cast):
    contact = make_contact(agent="8-231")
    assert (contact.agent, contact.agent_reference) == (None, "8-231")


def test_the_same_record_again_changes_nothing(cast):
    make_contact("A1")
    again = read_delivery(
        {
            "external_id": "A1", "channel": "phone", "started_at": "2026-11-20 10:00:00",
            "answered_at": "2026-11-20 10:00:05", "ended_at": "2026-11-20 10:04:05", "turns": TALK,
        }
    )  # fmt: skip
    outcome = publish_group(source_named("test"), [again, again])
    assert (outcome.new, outcome.known, outcome.conflicts) == ([], ["A1", "A1"], [])


def test_another_content_under_the_same_number_is_a_conflict(cast):
    make_contact("A1")
    other = read_delivery({"external_id": "A1", "channel": "phone", "turns": "客服:您好"})
    assert publish_group(source_named("test"), [other]).conflicts == ["A1"]


def test_words_are_masked_in_place_and_kept_sealed(cast):
    contact = make_contact()
    turn = contact.turns.get(seq=2)
    assert "13800002071" not in turn.text
    assert len(turn.text) == len("我要退款,手机13800002071")
    assert turn.spoken() == "我要退款,手机13800002071"
    assert contact.turns.get(seq=1).sealed == ""


def test_no_plain_identifier_is_stored(cast):
    make_contact(customer_name="王小明", customer_phone="138-0000-2071")
    stored = [
        str(value)
        for model in (Contact, Turn, Customer, Identifier)
        for row in model.objects.all()
        for value in vars(row).values()
    ]
    assert not any("13800002071" in value or "王小明" in value for value in stored)


def test_one_customer_is_found_again_by_the_phone(cast):
    first = make_contact("A1", customer_phone="138 0000 2071", customer_name="王小明")
    second = make_contact("A2", customer_phone="+8613800002071")
    third = make_contact("A3", customer_phone="13900000000")
    assert first.customer == second.customer != third.customer


def test_an_address_that_comes_with_a_known_phone_finds_the_customer_later(cast):
    first = make_contact("A1", customer_phone="13800002071")
    make_contact("A2", customer_phone="13800002071", customer_email="wang@example.com")
    third = make_contact("A3", channel="email", customer_email="Wang@example.com")
    assert third.customer == first.customer
    assert first.customer.identifiers.count() == 2


def unfinished() -> Batch:
    return Batch.objects.create(kind="contacts", source="test", created_at="2026-11-20T00:00Z")


def test_what_an_unfinished_import_left_goes_over_to_the_next(db):
    given = {"external_id": "A1", "channel": "phone", "turns": "客服:您好"}
    left, later = unfinished(), unfinished()
    first = publish_group(source_named("test"), [read_delivery(given)], batch=left)
    again = publish_group(source_named("test"), [read_delivery(given)], batch=later)
    assert again.new == first.new
    assert Contact.objects.get().batch == later
    assert publish_group(source_named("test"), [read_delivery(given)], batch=later).known == ["A1"]


def test_what_an_unfinished_import_left_is_shown_when_it_comes_by_itself(db):
    given = {"external_id": "A1", "channel": "phone", "turns": "客服:您好"}
    publish_group(source_named("test"), [read_delivery(given)], batch=unfinished())
    publish_group(source_named("test"), [read_delivery(given)])
    assert Contact.objects.get().batch is None
