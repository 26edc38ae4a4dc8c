"""Customers for tests: begun through the same door as real ones."""

from datetime import date
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.customers.models import Customer, Delivery
from lingzhi.customers.services.files import begin_file
from lingzhi.customers.services.known import customers_for
from lingzhi.customers.services.notes import note


def make_customer(*, by: User | None = None, **identifiers: str) -> Customer:
    """A customer known by these identifiers; with `by`, a file that this person began."""
    given = identifiers or {"phone": "13800002071"}
    if by is not None:
        return begin_file(given, by=by)
    [customer] = customers_for([given])
    assert customer is not None
    return customer


def make_delivery(customer: Customer, on: date, number: str = "", **facts: Any) -> Delivery:
    """Something delivered to a customer on a day."""
    given = {"number": number or f"D-{customer.pk}-{on}", "name": "净水机", **facts}
    return note(Delivery(customer=customer, delivered_on=on, **given), by=None)
