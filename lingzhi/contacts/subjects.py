"""What is held of a customer's conversations, and what stays when the person is erased.

The masked words stay: an agent's scores rest on them. The words as said, further data and
recordings go.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import CallEvent, Contact, Recording, Turn
from lingzhi.core.documents.tables import plain
from lingzhi.core.subjects import Keys, Subject
from lingzhi.files.services import discard_file


def _count(keys: Keys) -> int:
    return Contact.objects.filter(customer__in=keys).count()


def _held(keys: Keys) -> Iterator[dict[str, Any]]:
    rows = Contact.objects.filter(customer__in=keys).select_related("channel").order_by("pk")
    for contact in rows.iterator(500):
        yield {
            "number": contact.external_id,
            "channel": contact.channel.code,
            "started_at": plain(contact.started_at) if contact.started_at else None,
            "outcome": contact.outcome,
            "further": contact.meta,
            "turns": [
                {"role": turn.role, "text": turn.spoken()} for turn in contact.turns.order_by("seq")
            ],
        }


def _erase(keys: Keys) -> int:
    contacts = Contact.objects.filter(customer__in=keys)
    Turn.objects.filter(contact__in=contacts).exclude(sealed="").update(sealed="")
    for source, call in contacts.values_list("source", "external_id"):
        CallEvent.objects.filter(source=source, call=call).update(sealed_number="")
    for recording in Recording.objects.filter(contact__in=contacts).select_related("file"):
        stored = recording.file
        recording.delete()
        if stored is not None:
            discard_file(stored, by=None)
    return contacts.update(meta={})


CONVERSATIONS = Subject("conversations", _("Conversations"), _count, _held, _erase)
