"""Messages on their way to customers by other systems: written with what they belong to."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.messaging.platforms import platform_of
from lingzhi.contacts.models import ChatMessage, MessageLine, MessageThread, SentMessage
from lingzhi.core.clock import now
from lingzhi.core.encryption import blind, seal
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.indexes import normal
from lingzhi.customers.masks import mask_identifier

MOST_AUTOMATIC = 3  # to one person in an hour: two machines must not answer each other for ever


class LineEnded(DomainError):
    message = _("This message line was ended: reach the customer another way.")


def thread_of(line: MessageLine, person: str) -> MessageThread:
    """What is exchanged with this person; begun where nothing was. Part of a transaction."""
    platform = platform_of(line)
    kind = "phone" if platform.is_phone else "account"
    known = normal(kind, person) if platform.is_phone else person.strip()
    index = blind(known, f"contacts.line.{line.pk}")
    thread, is_new = MessageThread.objects.get_or_create(
        line=line, person_index=index, defaults={"shown": mask_identifier(kind, known)[:60]}
    )
    if is_new:
        thread.sealed_person = seal(known, thread.place)
        thread.save(update_fields=["sealed_person"])
    return thread


def queue_answer(thread: MessageThread, said: ChatMessage, text: str) -> SentMessage:
    """What an agent said is sent. Raises BadInput where the system takes no message so long, and
    LineEnded."""
    if thread.line.retired_at is not None:
        raise LineEnded()
    most = platform_of(thread.line).most_bytes
    if len(text.encode()) > most:
        sentence = _("Over this line a message holds at most %(limit)d bytes: send two.")
        raise BadInput(sentence % {"limit": most}, field="text")
    return _queued(SentMessage(thread=thread, said=said, by=said.person), text)


@transaction.atomic
def queue_text(
    line: MessageLine, person: str, text: str, *, matter: str, by: User | None = None
) -> SentMessage | None:
    """The program writes to somebody; None where it would too often within the hour."""
    thread = thread_of(line, person)
    since = now() - timedelta(hours=1)
    rows = SentMessage.objects.filter(thread=thread, is_automatic=True, queued_at__gt=since)
    if rows.count() >= MOST_AUTOMATIC:
        return None
    message = SentMessage(thread=thread, is_automatic=True, matter=matter, by=by)
    _queued(message, text)
    record(by, "contacts.message_queued", message, after={"matter": matter, "line": line.pk})
    return message


def _queued(message: SentMessage, text: str) -> SentMessage:
    message.reference = uuid.uuid4().hex
    message.queued_at = message.next_at = now()
    message.sealed_text = seal(text, message.place)
    message.save()
    return message
