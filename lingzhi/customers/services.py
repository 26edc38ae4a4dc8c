"""Finding and keeping customers without ever storing a plain identifier."""

import re
import unicodedata
import uuid
from collections.abc import Iterable

from lingzhi.core.clock import now
from lingzhi.core.encryption import blind, seal
from lingzhi.customers.masks import mask_identifier
from lingzhi.customers.models import Customer, Identifier

# A name is not unique: it never decides who somebody is.
TELLING = (
    Identifier.Kind.PHONE,
    Identifier.Kind.ID_CARD,
    Identifier.Kind.ACCOUNT,
    Identifier.Kind.EMAIL,
)


def normal(kind: str, value: str) -> str:
    """The form in which two writings of one identifier are equal (width, case, blanks, +86)."""
    text = unicodedata.normalize("NFKC", value).strip()
    if kind in {Identifier.Kind.NAME, Identifier.Kind.ADDRESS}:
        return text
    text = re.sub(r"[\s\-()]", "", text).upper()
    return re.sub(r"^(\+86|0086)(?=1\d{10}$)", "", text) if kind == Identifier.Kind.PHONE else text


def index_of(kind: str, value: str) -> str:
    """The blind index under which an identifier of this kind is found."""
    return blind(normal(kind, value), f"customers.{kind}")


def customers_for(given: Iterable[dict[str, str]]) -> list[Customer | None]:
    """One customer for each dict `{kind: value}`, found by a telling identifier or made new.

    Runs inside the caller's transaction and audit: imports record one row for the whole batch.
    A dict without any value gives None; one with only a name makes a customer of its own.
    """
    wanted = [_cleaned(identifiers) for identifiers in given]
    known = _known({index for one in wanted for index in one.values()})
    found: list[Customer | None] = []
    fresh: list[tuple[Customer, dict[tuple[str, str], str]]] = []
    for one in wanted:
        telling = [index for (kind, _value), index in one.items() if kind in TELLING]
        customer = next((known[index] for index in telling if index in known), None)
        if customer is None and one:
            customer = Customer(created_at=now())
            fresh.append((customer, one))
            known.update(dict.fromkeys(telling, customer))
        found.append(customer)
    _create(fresh)
    return found


def _cleaned(identifiers: dict[str, str]) -> dict[tuple[str, str], str]:
    return {
        (kind, value): index_of(kind, value)
        for kind, value in identifiers.items()
        if value and value.strip()
    }


def _known(indexes: set[str]) -> dict[str, Customer]:
    rows = Identifier.objects.filter(kind__in=TELLING, blind_index__in=indexes)
    return {row.blind_index: row.customer for row in rows.select_related("customer")}


def _create(fresh: list[tuple[Customer, dict[tuple[str, str], str]]]) -> None:
    Customer.objects.bulk_create([customer for customer, _identifiers in fresh])
    rows = []
    for customer, identifiers in fresh:
        for (kind, value), index in identifiers.items():
            row = Identifier(id=uuid.uuid4(), customer_id=customer.pk, kind=kind, blind_index=index)
            row.masked = mask_identifier(kind, value)
            row.sealed = seal(value.strip(), row.place)
            rows.append(row)
    Identifier.objects.bulk_create(rows)
