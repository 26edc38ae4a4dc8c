"""Rules about earlier contacts read the customer's history, and only they cost a query for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lingzhi.contacts.factories import make_contact, make_unanswered
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import Finding
from lingzhi.inspections.queries.histories import HISTORY_DAYS, histories_of
from lingzhi.inspections.services.judging import conversation_of, judge, snapshot_now
from lingzhi_engine.inspect import Difference

pytestmark = pytest.mark.django_db

PHONE = "13800002071"
AGAIN = {
    "id": "resolution.again",
    "conditions": {"a": {"op": "history.repeatContact", "within": {"days": 7}, "subject": "same"}},
    "when": "a",
    "tests": {
        "hit": [
            {
                "started_at": "2026-01-05",
                "meta": {"subject": "x"},
                "related": {"history": [{"at": "2026-01-04", "subject": "x"}]},
                "turns": ["agent: 您好"],
            }
        ],
        "miss": [
            {
                "started_at": "2026-01-05",
                "meta": {"subject": "x"},
                "related": {"history": []},
                "turns": ["agent: 您好"],
            }
        ],
    },
}


def contact(number: str, started_at: str, **record):
    given = {"customer_phone": PHONE, "ended_at": "", "meta": {"subject": "退款"}, **record}
    return make_contact(number, started_at=started_at, answered_at=started_at, **given)


def test_the_history_of_a_customer_is_what_came_before():
    contact("old", "2026-08-01 10:00:00")
    first = contact("A", "2026-11-15 10:00:00", meta={"subject": "退款", "resolved": False})
    make_unanswered("U", customer_phone=PHONE, queued_at="2026-11-16 10:00:00")
    contact("other", "2026-11-16 10:00:00", customer_phone="13800002072")
    second = contact("B", "2026-11-20 10:00:00")
    contact("later", "2026-11-21 10:00:00")
    [record] = histories_of([second])[second.pk]
    assert record == {
        "id": str(first.pk),
        "at": first.answered_at.isoformat(),
        "channel": "phone",
        "direction": first.direction,
        "subject": "退款",
        "resolved": False,
    }
    assert histories_of([first]) == {first.pk: []}
    assert conversation_of(second).related == {"history": [record]}


def test_history_reaches_so_many_days_back():
    contact("A", "2026-08-22 10:00:00")
    last = contact("B", "2026-11-20 10:00:00")
    first = Contact.objects.get(external_id="A")
    assert last.started_at - first.started_at == timedelta(days=HISTORY_DAYS)
    assert len(histories_of([last])[last.pk]) == 1
    Contact.objects.filter(pk=first.pk).update(started_at=first.started_at - timedelta(seconds=1))
    assert histories_of([last])[last.pk] == []


def test_of_an_unknown_customer_nothing_is_known():
    stranger = make_contact("A", turns="客服:您好")
    assert histories_of([stranger]) == {}
    assert conversation_of(stranger).related == {}


def test_a_rule_about_the_history_is_judged():
    make_rule(AGAIN)
    contact("A", "2026-11-15 10:00:00")
    contact("B", "2026-11-20 10:00:00")
    contact("C", "2026-11-20 11:00:00", meta={"subject": "开票"})
    services.inspect_all(Contact.objects.all())
    hits = Finding.objects.filter(verdict="hit").values_list("inspection__contact__external_id")
    assert {number for (number,) in hits} == {"B"}


def test_a_back_test_reads_the_history_as_well(cast, run_jobs):
    version = make_rule(AGAIN, state="draft")
    contact("A", "2026-11-19 10:00:00", agent="1002")
    contact("B", "2026-11-20 10:00:00", agent="1002")
    test = services.start_back_test([(None, version)], Filters(), label="look", by=cast.quan)
    run_jobs()
    test.refresh_from_db()
    (found,) = Difference.from_json(test.result)
    assert found.pairs.as_json() == {"na": {"miss": 1, "hit": 1}}


def queries_of(contacts):
    snapshot = snapshot_now()
    judge(contacts, snapshot)  # compiled once
    with CaptureQueriesContext(
        connection,
    ) as caught:
        judge(contacts, snapshot)
    return [one["sql"] for one in caught if "customer_id" in one["sql"]]


def test_the_history_costs_one_query_however_many_contacts_there_are():
    contacts = [contact(str(n), f"2026-11-{n + 10} 10:00:00") for n in range(5)]
    make_rule()
    assert queries_of(contacts) == []
    make_rule(AGAIN)
    assert len(queries_of(contacts[:1])) == len(queries_of(contacts)) == 1
