import pytest

from lingzhi.contacts.checks import index_is_whole, turns_are_whole, words_are_masked
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact, Turn

CHECKS = [turns_are_whole, words_are_masked, index_is_whole]


@pytest.mark.parametrize("check", CHECKS)
def test_what_came_in_is_whole(cast, check):
    make_contact(customer_phone="13800002071")
    assert list(check()) == []


def test_a_missing_turn_is_named(cast):
    make_contact().turns.get(seq=1).delete()
    assert len(list(turns_are_whole())) == 1


def test_plain_words_are_named(cast):
    turn = make_contact().turns.get(seq=2)
    Turn.objects.filter(pk=turn.pk).update(text=turn.spoken(), sealed="")
    assert len(list(words_are_masked())) == 1


def test_what_is_not_indexed_is_named(cast):
    from django.db import connection

    make_contact()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM contacts_search")
    assert len(list(index_is_whole())) == 1


PERSONAL = ["13800002071", "11010519491231002X", "6222021234567894"]


@pytest.mark.parametrize("column", ["external_id", "agent_reference", "queue", "outcome"])
@pytest.mark.parametrize("value", PERSONAL)
def test_plain_numbers_in_other_columns_are_named(cast, column, value):
    contact = make_contact()
    Contact.objects.filter(pk=contact.pk).update(**{column: value})
    assert [problem.subject for problem in words_are_masked()] == [f"contacts.contact/{contact.pk}"]


@pytest.mark.parametrize("value", PERSONAL)
def test_no_column_takes_them_in_plain(cast, value):
    contact = make_contact(
        value, agent=value, queue=f"回访 {value}", outcome=f"客户要求回电{value}"
    )
    assert list(words_are_masked()) == []
    shown = f"{contact.external_id} {contact.agent_reference} {contact.queue} {contact.outcome}"
    assert value not in shown
    assert value[-2:] in shown
