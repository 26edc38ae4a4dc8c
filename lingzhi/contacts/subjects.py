"""What is held of a customer's conversations, and what stays when the person is erased.

The masked words stay: an agent's scores rest on them. The words as said, further data,
recordings and mail go.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import (
    CallEvent,
    ChatMessage,
    Contact,
    Mail,
    MessageThread,
    OutgoingMail,
    Recording,
    SentMessage,
    Turn,
)
from lingzhi.core.documents.tables import plain
from lingzhi.core.subjects import Keys, Subject
from lingzhi.customers.models import Identifier
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
    messages = ChatMessage.objects.filter(chat__contact__in=contacts)
    messages.exclude(sealed="").update(sealed="")
    for message in messages.filter(file__isnull=False).select_related("file"):
        _discard(message)
    for source, call in contacts.values_list("source", "external_id"):
        CallEvent.objects.filter(source=source, call=call).update(sealed_number="")
    for recording in Recording.objects.filter(contact__in=contacts).select_related("file"):
        stored = recording.file
        recording.delete()
        if stored is not None:
            discard_file(stored, by=None)
    _erase_mail(keys)
    _erase_messages(list(contacts.values_list("pk", flat=True)))
    return contacts.update(meta={})


def _erase_mail(keys: Keys) -> None:
    """Mail of and to the person, also what was kept apart: files, attachments and sealed words."""
    addresses = Identifier.objects.filter(customer__in=keys, kind=Identifier.Kind.EMAIL)
    indexes = list(addresses.values_list("blind_index", flat=True))
    came = Mail.objects.filter(Q(contact__customer__in=keys) | Q(sender_index__in=indexes))
    for mail in came.select_related("file"):
        stored = [one.file for one in mail.parts.select_related("file") if one.file is not None]
        stored += [mail.file] if mail.file is not None else []
        mail.parts.all().delete()
        Mail.objects.filter(pk=mail.pk).update(file=None, sealed_head="")
        for file in stored:
            discard_file(file, by=None)
    went = OutgoingMail.objects.filter(
        Q(contact__customer__in=keys) | Q(recipient_index__in=indexes)
    )
    went.update(sealed_content="", attached=[])


def _erase_messages(contacts: list[int]) -> None:
    """Who wrote by another system is known there no more; what was sent has no words."""
    threads = MessageThread.objects.filter(chats__contact__in=contacts)
    keys = list(threads.values_list("pk", flat=True))
    SentMessage.objects.filter(thread__in=keys).update(sealed_text="")
    for pk in keys:
        MessageThread.objects.filter(pk=pk).update(
            person_index=f"erased-{pk}", sealed_person="", sealed_reply_to="", shown="–"
        )


def _discard(message: ChatMessage) -> None:
    stored, message.file = message.file, None
    message.save(update_fields=["file"])
    if stored is not None:
        discard_file(stored, by=None)


CONVERSATIONS = Subject("conversations", _("Conversations"), _count, _held, _erase)
