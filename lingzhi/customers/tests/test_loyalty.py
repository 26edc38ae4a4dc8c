"""Repurchase, churn and loyalty by counting."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.customers.factories import make_customer, make_delivery
from lingzhi.customers.queries.loyalty import Period, loyalty_in

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def bought(db):
    """Who bought in which years; the contract of the last one ran to the end of 2025."""
    for name, years in {"甲": (2024, 2025, 2026), "乙": (2025,), "丙": (2026,), "丁": ()}.items():
        customer = make_customer(name=name)
        for year in years:
            make_delivery(customer, date(year, 6, 1))
    contract = make_customer(name="戊")
    make_delivery(contract, date(2023, 1, 1), kind="contract", ended_on=date(2025, 12, 31))


def test_the_period_before_has_the_same_length():
    assert YEAR.before == Period(date(2025, 1, 1), date(2025, 12, 31))


def test_the_shares_and_their_counts(bought):
    found = loyalty_in(YEAR)
    assert found.active == 2
    assert (found.repurchased.numerator, found.repurchased.denominator) == (1, 2)
    assert (found.lost.numerator, found.lost.denominator) == (2, 3)  # 乙 and the ended contract
    assert (found.loyal.numerator, found.loyal.denominator) == (1, 2)


def test_a_running_contract_is_nobody_lost(bought):
    keeps = make_customer(name="己")
    make_delivery(keeps, date(2023, 1, 1), kind="contract")
    assert loyalty_in(YEAR).lost.numerator == 2


def test_the_page_says_too_few_to_say(as_, cast, bought):
    url = reverse("customers:loyalty")
    text = as_(cast.quan).get(url, {"from_on": "2026-01-01", "to_on": "2026-12-31"})
    assert "lz-unknown" in text.content.decode()
    assert as_(cast.nora).get(url).status_code == 403
