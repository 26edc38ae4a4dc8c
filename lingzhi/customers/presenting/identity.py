"""Pairs of files side by side."""

from dataclasses import dataclass

from lingzhi.customers.models import Customer, Likeness
from lingzhi.customers.presenting.files import Row, rows_of


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that look alike, the older one first."""

    likeness: Likeness
    first: Row
    second: Row


def pairs_of(likenesses: list[Likeness]) -> list[Pair]:
    """Each pair with both lines; a number of queries that does not grow with it."""
    keys = {key for one in likenesses for key in (one.first_id, one.second_id)}
    customers = Customer.objects.filter(pk__in=keys).select_related("company", "manager")
    rows = {
        row.customer.pk: row for row in rows_of(list(customers.prefetch_related("identifiers")))
    }
    return [Pair(one, rows[one.first_id], rows[one.second_id]) for one in likenesses]
