"""Noting something about a customer: one door for all kinds of notes."""

from typing import TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.customers.models import Customer, Note
from lingzhi_engine.privacy import mask

Kind = TypeVar("Kind", bound=Note)


class FileClosed(DomainError):
    code = "file_closed"
    message = _("This file was merged into another or erased; nothing is added to it.")


def require_open(customer: Customer) -> None:
    """Raise FileClosed for a file that was merged or erased; locks it until the commit."""
    rows = Customer.objects.select_for_update().filter(pk=customer.pk, merged_into=None)
    if not rows.filter(erased_at=None).exists():
        raise FileClosed()


@transaction.atomic
def note(row: Kind, *, by: User | None) -> Kind:
    """Keep a new row about its customer, its free words masked, with its moment and person."""
    require_open(row.customer)
    row.noted_at, row.noted_by = now(), by
    mask_words(row)
    row.save(force_insert=True)
    kind = row._meta.model_name or ""
    record(by, "customers.noted", row.customer, after={"kind": kind, "row": row.pk})
    return row


def mask_words(row: models.Model) -> None:
    """Mask personal data in every text that people write freely."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.TextField):
            setattr(row, field.attname, mask(getattr(row, field.attname)))
