"""A chat from its beginning to its end, when it becomes a contact like any other, once."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.feeding.events import Closed, read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.messaging.platforms import platform_of
from lingzhi.contacts.models import (
    Chat,
    ChatJoin,
    ChatMessage,
    ChatSite,
    Contact,
    MessageThread,
    OpenContact,
    Source,
)
from lingzhi.contacts.queries.chat_sites import is_open
from lingzhi.contacts.services.chat_handing import hand_out
from lingzhi.contacts.services.chat_saying import note_event
from lingzhi.contacts.services.contacts import source_named
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.org.queries.privacy import CHANNELS, notice_on

SOURCE = "web-chat"
LEFT_WAITING = timedelta(minutes=2)  # without a look, who waits has gone
LEFT_TALKING = timedelta(minutes=30)
ABANDONED = "abandoned"


class NobodyAtWork(DomainError):
    message = _("Nobody is at work now. Please leave a message.")


def new_client_id() -> str:
    """For a message whose sender gave it no number: it is said as often as it is sent."""
    return uuid.uuid4().hex


def digest_of(token: str) -> str:
    """What is kept of a visitor's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def start_chat(
    site: ChatSite, *, language: str, thread: MessageThread | None = None
) -> tuple[Chat, str]:
    """A chat that waits for an agent, and the visitor's secret. Raises NobodyAtWork.

    Who writes by another system (`thread`) may wait until somebody is at work.
    """
    moment = now()
    if thread is None and not is_open(site, moment):
        raise NobodyAtWork()
    token = secrets.token_urlsafe(32)
    number = f"{'M' if thread else 'W'}{moment:%Y%m%d}-{secrets.token_hex(4).upper()}"
    live = _opened(site, number, moment, thread)
    chat = Chat.objects.create(
        site=site, thread=thread, number=number, token_sha256=digest_of(token), language=language,
        live=live, started_at=moment, queued_at=moment,
        moved_at=moment, visitor_seen_at=moment,
    )  # fmt: skip
    hand_out()
    chat.refresh_from_db()
    return chat, token


def _comes_from(thread: MessageThread | None) -> tuple[Source, dict[str, str]]:
    """The source of a contact, and what it says of who writes by another system."""
    if thread is None:
        return source_named(SOURCE, str(_("Web chat"))), {"channel": "chat"}
    line, platform = thread.line, platform_of(thread.line)
    known = "customer_phone" if platform.is_phone else "customer_account"
    source = source_named(f"line-{line.pk}", line.name)
    return source, {"channel": platform.channel, known: thread.person[:80]}


def _opened(
    site: ChatSite, number: str, moment: datetime, thread: MessageThread | None
) -> OpenContact:
    """The open contact that rules judge, of the site's unit until an agent serves it."""
    source, more = _comes_from(thread)
    facts = {
        "type": "opened", "id": number, "direction": "in", "queue": site.queue,
        "started_at": moment.isoformat(), "queued_at": moment.isoformat(),
        "meta": {"site": site.key}, **more,
    }  # fmt: skip
    take_events(source, read_events({"events": [facts]}))
    live = OpenContact.objects.get(source=source, external_id=number)
    live.unit_id = site.unit_id
    live.save(update_fields=["unit"])
    return live


@transaction.atomic
def end_chat(
    chat: Chat, *, side: str, by: User | None = None, disposition: str = ""
) -> Contact | None:
    """End it: what was said becomes a contact, in which an end sent again changes nothing.

    The contact; None where nothing was said. An end by an agent or the program is recorded.
    """
    locked = _locked(chat)
    if locked.state == Chat.State.ENDED:
        return locked.contact
    note_event(locked, ChatMessage.Event.ENDED, person=by)
    locked.state, locked.ended_at = Chat.State.ENDED, locked.moved_at
    locked.disposition = disposition.strip()[:60]
    locked.contact = _kept(locked, side)
    locked.save()
    ChatJoin.objects.filter(chat=locked, left_at=None).update(left_at=locked.ended_at)
    if by is not None or side == ChatMessage.Side.PROGRAM:
        record(by, "contacts.chat_ended", locked, after={"outcome": locked.disposition})
    hand_out()
    return locked.contact


def _locked(chat: Chat) -> Chat:
    rows = Chat.objects.select_for_update(of=("self",))
    return rows.select_related("live__source", "agent", "site").get(pk=chat.pk)


def _kept(chat: Chat, side: str) -> Contact | None:
    live = chat.live
    if live is None:
        return None
    if not live.turns.exists():
        chat.live = None
        chat.save(update_fields=["live"])
        live.delete()
        return None
    take_events(live.source, [Closed(chat.number, _facts(chat, side))])
    contact = Contact.objects.get(source=live.source, external_id=chat.number)
    facts: dict[str, Any] = {} if contact.agent_id else {"unit": chat.site.unit}
    if chat.thread_id is None:  # who writes by another system did not see our page
        facts["notice"] = notice_on(CHANNELS.CHAT, localdate(chat.started_at))
    Contact.objects.filter(pk=contact.pk).update(**facts)
    return contact


def _facts(chat: Chat, side: str) -> dict[str, Any]:
    """What is known only now."""
    sides = {"visitor": "customer", "agent": "agent", "program": "system"}
    facts = {
        "agent": chat.agent.staff_no if chat.agent else "",
        "answered_at": chat.answered_at.isoformat() if chat.answered_at else "",
        "ended_at": chat.ended_at.isoformat() if chat.ended_at else "",
        "ended_by": sides[side],
        "transfers": chat.transfers,
        "outcome": chat.disposition or ("" if chat.answered_at else ABANDONED),
    }
    return {name: value for name, value in facts.items() if value != ""}


def note_signs(chat: Chat, *, side: str, is_typing: bool, read: int) -> None:
    """That this side is typing, and how far it has read. Nothing of it is kept for long."""
    typed = now() if is_typing else None
    rows = Chat.objects.filter(pk=chat.pk).exclude(state=Chat.State.ENDED)
    rows.update(**{f"{side}_typed_at": typed})
    upto = max(0, min(read, 10_000))
    behind = {f"{side}_read__lt": upto, "visible_seq__gte": upto}
    Chat.objects.filter(pk=chat.pk, **behind).update(**{f"{side}_read": upto})


def note_visitors(chats: list[int]) -> None:
    """These visitors are there now."""
    early = now() - timedelta(seconds=20)
    rows = Chat.objects.filter(pk__in=chats, visitor_seen_at__lt=early)
    if rows.exists():
        rows.update(visitor_seen_at=now())


def tend_chats() -> int:
    """End the chats that their visitors left, and give the others out; how many ended.

    Who writes by another system is not there in between: they wait until somebody answers.
    """
    left = Chat.objects.filter(
        state=Chat.State.WAITING, thread=None, visitor_seen_at__lt=now() - LEFT_WAITING
    ) | Chat.objects.filter(
        state=Chat.State.SERVING, visitor_seen_at__lt=now() - LEFT_TALKING,
        moved_at__lt=now() - LEFT_TALKING,
    )  # fmt: skip
    ended = 0
    for chat in left:
        end_chat(chat, side=ChatMessage.Side.PROGRAM)
        ended += 1
    with transaction.atomic():
        hand_out()
    return ended


def forget_words(*, ended_before: datetime) -> int:
    """Forget the messages of chats that became contacts long ago; files stay with their rows."""
    rows = ChatMessage.objects.filter(chat__ended_at__lt=ended_before, kind="text")
    return rows.delete()[0]
