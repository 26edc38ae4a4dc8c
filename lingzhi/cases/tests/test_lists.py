"""The list of cases: found by time, and several done at once."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from lingzhi.cases.factories import in_work, make_case, make_closed
from lingzhi.cases.models import Case
from lingzhi.customers.factories import make_customer

pytestmark = pytest.mark.django_db
AT_ONCE = "cases:at_once"


@pytest.fixture
def three(cast, calendar, at) -> list[Case]:
    """Two open ones of Bo's team, and one that is closed."""
    at("2026-11-20 10:00")
    made = [make_case(by=cast.nora, unit=cast.first) for _ in range(3)]
    make_closed(in_work(made[2], by=cast.ada), by=cast.ada)
    return made


def said(answer) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request)]


def test_several_are_taken_on_and_what_was_not_says_why(cast, three, as_):
    sent = {"act": "take", "case": [one.pk for one in three], "query": "whose=team"}
    answer = as_(cast.bo).post(reverse(AT_ONCE), sent)
    assert answer.url.endswith("?whose=team")
    assert [Case.objects.get(pk=one.pk).handler for one in three] == [cast.bo, cast.bo, cast.ada]
    assert len(said(answer)) == 2


def test_several_are_given_to_one_person(cast, three, as_):
    sent = {"act": "assign", "staff_no": "1003", "case": [three[0].pk, three[2].pk]}
    answer = as_(cast.ada).post(reverse(AT_ONCE), sent)
    three[0].refresh_from_db()
    assert three[0].handler == cast.bea
    assert any(three[2].number in one for one in said(answer))
    as_(cast.bo).post(reverse(AT_ONCE), sent | {"staff_no": "1002"})  # an agent assigns nobody
    three[0].refresh_from_db()
    assert three[0].handler == cast.bea


@pytest.mark.parametrize(
    "sent", [{"act": "take"}, {"act": "assign", "staff_no": "9", "case": [1]},
             {"act": "note", "case": [1]}, {"act": "erase", "case": [1]}],
)  # fmt: skip
def test_what_is_not_said_is_not_done(cast, three, as_, sent):
    assert said(as_(cast.bo).post(reverse(AT_ONCE), sent))
    assert Case.objects.filter(handler=cast.bo).count() == 0


def test_cases_are_found_by_time_and_stand_on_the_customers_page(cast, three, as_):
    client, customer = as_(cast.ada), make_customer(phone="13800002071")
    Case.objects.filter(pk=three[0].pk).update(customer=customer)
    days = {"from_on": "2026-11-20", "to_on": "2026-11-20"}
    assert len(client.get(reverse("cases:list"), days).context["rows"]) == 2
    assert not client.get(reverse("cases:list"), days | {"from_on": "2026-11-21"}).context["rows"]
    page = client.get(reverse("customers:detail", args=[customer.pk])).content.decode()
    assert three[0].number in page
    assert three[1].number not in page
