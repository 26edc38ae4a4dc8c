"""What customers' files hold of a person, and what goes when the person is erased."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from lingzhi.core.documents.tables import plain
from lingzhi.core.subjects import Keys, Subject
from lingzhi.customers.models import Customer, Identifier, Note, Outreach

BLANK = {
    "company": None, "post": "", "preferred_channel": "", "preferred_times": "",
    "special_needs": "", "manager": None,
}  # fmt: skip


def _files(keys: Keys) -> int:
    return Identifier.objects.filter(customer__in=keys).count()


def _held_in_files(keys: Keys) -> Iterator[dict[str, Any]]:
    rows = Customer.objects.filter(pk__in=keys).select_related("company").order_by("pk")
    for customer in rows.prefetch_related("identifiers"):
        yield {
            "number": str(customer),
            "begun": plain(customer.created_at),
            "company": customer.company.name if customer.company else None,
            "post": customer.post,
            "preferred_channel": customer.preferred_channel,
            "preferred_times": customer.preferred_times,
            "special_needs": customer.special_needs,
            "identifiers": [
                {"kind": one.kind, "value": one.reveal()} for one in customer.identifiers.all()
            ],
        }


def _erase_files(keys: Keys) -> int:
    Customer.objects.filter(pk__in=keys).update(**BLANK)
    deleted, _each = Identifier.objects.filter(customer__in=keys).delete()
    return deleted


def _kinds() -> list[type[Note]]:
    return Note.__subclasses__()


def _notes(keys: Keys) -> int:
    return sum(kind._default_manager.filter(customer__in=keys).count() for kind in _kinds())


def _held_in_notes(keys: Keys) -> Iterator[dict[str, Any]]:
    for kind in _kinds():
        for row in kind._default_manager.filter(customer__in=keys).order_by("pk"):
            facts = {
                name: value if value is None else plain(value)
                for name, value in model_to_dict(row, exclude=["id", "customer"]).items()
            }
            yield {"kind": kind._meta.model_name, "noted_at": plain(row.noted_at), **facts}


def _erase_notes(keys: Keys) -> int:
    """Empty what people wrote; that something was noted, when and by whom, stays."""
    touched = 0
    for kind in _kinds():
        fields = [one.name for one in kind._meta.fields if isinstance(one, models.TextField)]
        if fields:
            rows = kind._default_manager.filter(customer__in=keys)
            touched += rows.update(**dict.fromkeys(fields, ""))
    return touched


def _asked(keys: Keys) -> int:
    return Outreach.objects.filter(customer__in=keys).count()


def _held_of_asking(keys: Keys) -> Iterator[dict[str, Any]]:
    for row in Outreach.objects.filter(customer__in=keys).order_by("pk"):
        yield {
            "purpose": row.purpose, "asked_at": plain(row.asked_at), "channel": row.channel,
            "outcome": row.outcome,
        }  # fmt: skip


def _nothing(keys: Keys) -> int:
    """Asking is only counted: the rows hold no word of the person."""
    return 0


NOTES = Subject("notes", _("What was noted"), _notes, _held_in_notes, _erase_notes)
ASKED = Subject(
    "asked", _("When and for what the customer was asked"), _asked, _held_of_asking, _nothing
)
FILE = Subject("file", _("What identifies the customer"), _files, _held_in_files, _erase_files)
