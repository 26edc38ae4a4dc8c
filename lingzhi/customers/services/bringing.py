"""Customers and deliveries from files. The import itself leaves the audit row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from lingzhi.core.clock import now
from lingzhi.core.intake import Published
from lingzhi.customers.models import Company, Customer, Delivery, Membership
from lingzhi.customers.services.known import customers_for

FILLED = ("company", "post", "preferred_channel", "preferred_times", "special_needs")
DELIVERED = ("kind", "number", "name", "code", "quantity", "amount", "delivered_on", "ended_on")


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of a file: what tells it apart, who it is about, and the rest by name."""

    key: str
    identifiers: Mapping[str, str]
    values: Mapping[str, Any]


def bring_customers(rows: Sequence[FileRow]) -> Published:
    """Files for the customers of a group: begun, or filled where they said nothing so far."""
    outcome = Published()
    newest = Customer.objects.aggregate(newest=Max("pk"))["newest"] or 0
    companies = companies_named(row.values["company"] for row in rows)
    people = _people(rows)
    changed: dict[int, Customer] = {}
    for row, customer in zip(rows, people, strict=True):
        given = {**row.values, "company": companies.get(row.values["company"])}
        if _fill(customer, given):
            changed[customer.pk] = customer
        if customer.pk > newest:
            outcome.new.append(customer.pk)
        else:
            outcome.known.append(row.key)
    Customer.objects.bulk_update(changed.values(), FILLED)
    _classify(rows, people)
    return outcome


def _people(rows: Sequence[FileRow]) -> list[Customer]:
    """The customer of each row; a row without anybody was refused when it was read."""
    return [one for one in customers_for(dict(row.identifiers) for row in rows) if one]


def _fill(customer: Customer, given: Mapping[str, Any]) -> bool:
    """Set what the file does not say yet; whether there was anything."""
    news = {name: given[name] for name in FILLED if given.get(name) and not getattr(customer, name)}
    for name, value in news.items():
        setattr(customer, name, value)
    return bool(news)


def _classify(rows: Sequence[FileRow], people: Sequence[Customer]) -> None:
    wanted = [
        Membership(customer=customer, segment=row.values["segment"], noted_at=now())
        for row, customer in zip(rows, people, strict=True)
        if row.values["segment"]
    ]
    Membership.objects.bulk_create(wanted, ignore_conflicts=True)


def companies_named(names: Iterable[str | None]) -> dict[str, Company]:
    """Companies by name, made on first use."""
    wanted = {name for name in names if name}
    made = [Company(name=name, created_at=now()) for name in sorted(wanted)]
    Company.objects.bulk_create(made, ignore_conflicts=True)
    return {company.name: company for company in Company.objects.filter(name__in=wanted)}


def bring_deliveries(rows: Sequence[FileRow]) -> Published:
    """Deliveries of a group. One that is known with another customer or day is a conflict."""
    outcome = Published()
    people = _people(rows)
    numbers = [row.values["number"] for row in rows]
    known = {_told(one): one for one in Delivery.objects.filter(number__in=numbers)}
    for row, customer in zip(rows, people, strict=True):
        made = _delivery(row.values, customer)
        before = known.setdefault(_told(made), made)
        if before is made:
            made.save(force_insert=True)
            outcome.new.append(made.pk)
        elif (before.customer_id, before.delivered_on) == (customer.pk, made.delivered_on):
            outcome.known.append(row.key)
        else:
            outcome.conflicts.append(row.key)
    _employ(rows, people)
    return outcome


def _delivery(values: Mapping[str, Any], customer: Customer) -> Delivery:
    facts = {name: values[name] for name in DELIVERED if values[name] is not None}
    return Delivery(customer=customer, noted_at=now(), **facts)


def _told(delivery: Delivery) -> tuple[str, str, str]:
    return delivery.number, delivery.code, delivery.name


def _employ(rows: Sequence[FileRow], people: Sequence[Customer]) -> None:
    """Customers without a company belong to the one that the file names."""
    companies = companies_named(row.values["company"] for row in rows)
    changed = {}
    for row, customer in zip(rows, people, strict=True):
        company = companies.get(row.values["company"])
        if company and customer.company_id is None:
            customer.company = company
            changed[customer.pk] = customer
    Customer.objects.bulk_update(changed.values(), ["company"])
