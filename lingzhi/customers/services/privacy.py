"""Giving out what is held of a person, and erasing it (个人信息查阅、复制与删除)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.documents.tables import plain
from lingzhi.core.errors import BadInput
from lingzhi.core.subjects import subjects
from lingzhi.customers.models import Customer, Erasure, Merge
from lingzhi.customers.queries.identity import files_of
from lingzhi.customers.services.notes import FileClosed


def _reason(reason: str) -> str:
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    return reason.strip()[:300]


@transaction.atomic
def give_out(customer: Customer, *, reason: str, by: User) -> dict[str, Any]:
    """Everything that is held of the customer, in the clear, by what holds it; ready for JSON."""
    why, keys = _reason(reason), files_of(customer)
    parts = {one.code: list(one.held(keys)) for one in subjects()}
    counts = {code: len(rows) for code, rows in parts.items()}
    record(by, "customers.person_exported", customer, after=counts, reason=why)
    return {"customer": str(customer), "given_out_at": plain(now()), **parts}


@transaction.atomic
def erase_person(customer: Customer, *, reason: str, by: User) -> Erasure:
    """Take the person out of everything, for good. Counts stay; merges can no longer be undone.

    Raises FileClosed for a file that was merged or erased.
    """
    why, keys = _reason(reason), files_of(customer)
    claimed = Customer.objects.filter(pk=customer.pk, merged_into=None, erased_at=None)
    if not claimed.update(erased_at=now()):
        raise FileClosed()
    Customer.objects.filter(pk__in=keys).update(erased_at=now())
    counts = {one.code: one.erase(keys) for one in subjects()}
    Merge.objects.filter(kept__in=keys).update(reason="", undo_reason="")
    erasure = Erasure.objects.create(
        customer=customer, reason=why, erased_at=now(), erased_by=by, counts=counts
    )
    record(by, "customers.person_erased", customer, after=counts, reason=why)
    return erasure
