"""Which files look like one customer's."""

from django.db.models import Q, QuerySet

from lingzhi.customers.models import Customer, Likeness


def open_likenesses() -> QuerySet[Likeness]:
    """Pairs of files in use that nobody has decided about."""
    rows = Likeness.objects.filter(dismissed_at=None)
    for side in ("first", "second"):
        rows = rows.filter(**{f"{side}__merged_into": None, f"{side}__erased_at": None})
    return rows.select_related("first", "second")


def like(customer: Customer) -> list[Customer]:
    """Customers whose files look like this one."""
    rows = open_likenesses().filter(Q(first=customer) | Q(second=customer))
    return [row.second if row.first_id == customer.pk else row.first for row in rows]


def files_of(customer: Customer) -> list[int]:
    """Keys of this file and of all that were merged into it, also over several steps."""
    found = [customer.pk]
    newest = found
    while newest:
        newest = list(Customer.objects.filter(merged_into__in=newest).values_list("pk", flat=True))
        found += newest
    return found
