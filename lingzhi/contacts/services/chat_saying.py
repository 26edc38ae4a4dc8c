"""What is said in a chat: each message once, in one order, and to rules as turns of a talk."""

import uuid
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.feeding.events import Said
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import Chat, ChatMessage, OpenContact
from lingzhi.contacts.models.chat import LONGEST_TEXT
from lingzhi.contacts.services.message_queue import queue_answer
from lingzhi.contacts.transcripts import DeliveredTurn
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.readers import written
from lingzhi.files.kinds import is_known, is_what_it_says
from lingzhi.files.services import store_file
from lingzhi_engine.privacy import mask

MOST_MESSAGES = 2000  # of one chat
MOST_BYTES = 5 * 1024 * 1024
ROLES = {ChatMessage.Side.VISITOR: "customer", ChatMessage.Side.AGENT: "agent"}


class ChatOver(DomainError):
    message = _("This chat has ended.")


class WordsOnly(DomainError):
    message = _("Over this line only words can be sent.")


class TooMuchSaid(DomainError):
    message = _("This chat is full. Please begin another one.")


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody sends; `client_id` is theirs, and the same when they send it again."""

    client_id: str
    side: str
    text: str = ""
    person: User | None = None
    kind: str = ChatMessage.Kind.TEXT


@transaction.atomic
def say(chat: Chat, message: Message) -> ChatMessage:
    """Say it once: what was sent before is given back as it is kept.

    Raises BadInput for nothing, too much or a number that means another message; ChatOver.
    """
    client_id = _client_id(message.client_id)
    text = _text(message.text)
    locked = _locked(chat)
    known = locked.messages.filter(client_id=client_id).first()
    if known is not None:
        return _as_before(known, message, text)
    made = _add(locked, message, client_id)
    made.text = mask(text)
    made.sealed = "" if made.text == text else seal(text, made.place)
    made.save()
    if made.kind == ChatMessage.Kind.TEXT:
        _tell_rules(locked, made, text)
        if locked.thread is not None and made.side == ChatMessage.Side.AGENT:
            queue_answer(locked.thread, made, text)
    return made


def _as_before(known: ChatMessage, message: Message, text: str) -> ChatMessage:
    if (known.side, known.kind, known.spoken()) != (message.side, message.kind, text):
        raise BadInput(_("This number was sent with another message."), field="id")
    return known


@transaction.atomic
def send_file(chat: Chat, message: Message, source: IO[Any], name: str) -> ChatMessage:
    """Hand a file over, once. Raises BadInput for what is too much or not what it says; ChatOver.

    It is no turn: rules judge what was said.
    """
    client_id = _client_id(message.client_id)
    _require_kind(source, name)
    locked = _locked(chat)
    if locked.thread_id is not None:
        raise WordsOnly()
    known = locked.messages.filter(client_id=client_id, kind=ChatMessage.Kind.FILE).first()
    if known is not None:
        return known
    made = _add(locked, message, client_id)
    made.file = store_file(cast(BinaryIO, source), name=name, purpose="chat", by=message.person)
    made.save()
    return made


def note_event(chat: Chat, event: str, *, person: User | None = None) -> ChatMessage:
    """A line of the program that both sides see; `chat` is locked by the caller."""
    said = Message("", ChatMessage.Side.PROGRAM, person=person, kind=ChatMessage.Kind.SYSTEM)
    made = _add(chat, said, uuid.uuid4().hex)
    made.event = event
    made.save()
    return made


def _locked(chat: Chat) -> Chat:
    rows = Chat.objects.select_for_update(of=("self",))
    return rows.select_related("live__source", "thread__line").get(pk=chat.pk)


def _add(chat: Chat, message: Message, client_id: str) -> ChatMessage:
    """The next message of a locked chat; not saved yet."""
    if chat.state == Chat.State.ENDED:
        raise ChatOver()
    if chat.last_seq >= MOST_MESSAGES and message.kind != ChatMessage.Kind.SYSTEM:
        raise TooMuchSaid()
    is_visible = message.kind != ChatMessage.Kind.WHISPER
    chat.last_seq += 1
    chat.visible_seq += is_visible
    chat.moved_at = now()
    changed = ["last_seq", "visible_seq", "moved_at"]
    if typed := {"visitor": "visitor_typed_at", "agent": "agent_typed_at"}.get(message.side):
        setattr(chat, typed, None)
        changed.append(typed)
    chat.save(update_fields=changed)
    return ChatMessage(
        chat=chat, seq=chat.last_seq, visible_seq=chat.visible_seq if is_visible else None,
        client_id=client_id, kind=message.kind, side=message.side, person=message.person,
        at=chat.moved_at,
    )  # fmt: skip


def _tell_rules(chat: Chat, made: ChatMessage, text: str) -> None:
    """What was said as the next turn of the open contact, with the time since it began."""
    live = chat.live
    if live is None:
        return
    count = OpenContact.objects.values_list("turn_count", flat=True).get(pk=live.pk)
    last = live.turns.filter(seq=count).values_list("start_ms", flat=True).first() or 0
    since = max(last, round((made.at - chat.started_at).total_seconds() * 1000))
    turn = DeliveredTurn(ROLES[ChatMessage.Side(made.side)], text, since, since)
    take_events(live.source, [Said(chat.number, count + 1, turn)])


def _client_id(given: str) -> str:
    if not 8 <= len(given) <= 40 or not given.isascii() or not given.isprintable():
        raise BadInput(_("This must be given."), field="id")
    return given


def _text(given: str) -> str:
    text = written(given).strip()
    if not text:
        raise BadInput(_("This must be given."), field="text")
    if len(text) > LONGEST_TEXT:
        sentence = _("At most %(limit)d characters.") % {"limit": LONGEST_TEXT}
        raise BadInput(sentence, field="text")
    return text


def _require_kind(source: IO[Any], name: str) -> None:
    size = source.seek(0, 2)
    if not size or size > MOST_BYTES:
        raise BadInput(_("A file holds something, and at most 5 MB."), field="file")
    if not is_known(name):
        sentence = _("Pictures, sound, PDF, Word, Excel and text can be kept.")
        raise BadInput(sentence, field="file")
    if not is_what_it_says(source, name):
        raise BadInput(_("The file is not what its name says."), field="file")
