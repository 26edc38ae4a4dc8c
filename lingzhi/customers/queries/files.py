"""Files of customers: who may see which, and whether a file is complete."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.customers.models import Customer, Identifier
from lingzhi.org.queries import reach

Kind = Identifier.Kind
REACHED_BY = (Kind.PHONE, Kind.EMAIL, Kind.ACCOUNT)


def live() -> QuerySet[Customer]:
    """Files of customers that are in use: neither merged into another nor erased."""
    return Customer.objects.filter(merged_into=None, erased_at=None)


def listed_for(user: User, text: str = "") -> QuerySet[Customer]:
    """The files a person may go through.

    A customer may call anybody, so whoever sees customers may look one up. Only those whose right
    reaches beyond their own work go through the list without naming whom they look for; the others
    see whom they look after or began a file for.
    """
    if not user.can("customers.read"):
        return live().none()
    if text.strip() or reach(user, "customers.read").paths:
        return live()
    return live().filter(Q(manager=user) | Q(created_by=user))


def has_identifier(*kinds: str) -> Exists:
    """Whether a customer has an identifier of one of these kinds."""
    return Exists(Identifier.objects.filter(customer=OuterRef("pk"), kind__in=kinds))


def complete() -> Q:
    """A filter for complete files (R-CS-01): a name, a way to reach the person, the preferred one.

    `missing_from` says the same of one file.
    """
    return Q(has_identifier(Kind.NAME)) & Q(has_identifier(*REACHED_BY)) & ~Q(preferred_channel="")


def missing_from(customer: Customer) -> list[str]:
    """What is missing from a file: `name`, `contact`, `preferred_channel`."""
    held = set(customer.identifiers.values_list("kind", flat=True))
    given = {
        "name": Kind.NAME in held,
        "contact": bool(held & set(REACHED_BY)),
        "preferred_channel": bool(customer.preferred_channel),
    }
    return [part for part, is_there in given.items() if not is_there]
