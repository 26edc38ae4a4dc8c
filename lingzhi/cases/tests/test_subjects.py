"""What people wrote in a customer's cases is given out and erased; that there were cases stays."""

import pytest

from lingzhi.cases.factories import make_case
from lingzhi.cases.services.working import note_on_case
from lingzhi.cases.subjects import CASES
from lingzhi.customers.factories import make_customer

pytestmark = pytest.mark.django_db


def test_words_go_and_the_case_stays(cast, calendar):
    customer = make_customer(by=cast.bo)
    case = make_case(by=cast.bo, unit=cast.first, customer=customer, demand="退款")
    note_on_case(case, "客户说要投诉", is_public=False, by=cast.bo)
    [held] = CASES.held([customer.pk])
    assert held["demand"] == "退款"
    assert "客户说要投诉" in [event["text"] for event in held["events"]]
    assert (CASES.count([customer.pk]), CASES.erase([customer.pk])) == (1, 1)
    [held] = CASES.held([customer.pk])
    assert (held["number"], held["demand"]) == (case.number, "")
    assert {event["text"] for event in held["events"]} <= {"", "–"}
