"""Contacts for tests: delivered through the same door as real ones."""

from collections.abc import Iterable
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.messaging.platforms import platform_of
from lingzhi.contacts.models import Chat, ChatMessage, ChatSite, Contact, MessageLine
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.contacts.services.chat_handing import accept_chat
from lingzhi.contacts.services.chat_saying import Message, say
from lingzhi.contacts.services.chat_sites import keep_site
from lingzhi.contacts.services.chats import start_chat
from lingzhi.contacts.services.message_lines import keep_line
from lingzhi.org.models import Unit

TALK = "客服:您好,云栖热线,请问有什么可以帮您\n客户:我要退款,手机13800002071"


def make_contact(external_id: str = "A1", *, source: str = "test", **record: Any) -> Contact:
    """One published phone contact; `record` overrides the delivered fields."""
    return make_contacts([{"external_id": external_id, **record}], source=source)[0]


def make_contacts(records: Iterable[dict[str, Any]], *, source: str = "test") -> list[Contact]:
    """Published phone contacts in this order, each with its own `external_id`; one delivery of many
    takes a tenth of the time of many of one.
    """
    given = [
        {
            "channel": "phone",
            "started_at": "2026-11-20 10:00:00",
            "answered_at": "2026-11-20 10:00:05",
            "ended_at": "2026-11-20 10:04:05",
            "turns": TALK,
            **record,
        }
        for record in records
    ]
    outcome = publish_group(source_named(source), [read_delivery(one) for one in given])
    found = Contact.objects.in_bulk(outcome.new)
    return [found[pk] for pk in outcome.new]


def make_unanswered(external_id: str = "U1", **record: Any) -> Contact:
    """One published call that was given up after half a minute in the queue."""
    given = {
        "started_at": "",
        "queued_at": "2026-11-20 10:00:00",
        "answered_at": "",
        "ended_at": "2026-11-20 10:00:30",
        "turns": "",
        **record,
    }
    return make_contact(external_id, **given)


def make_chat_site(unit: Unit, **values: Any) -> ChatSite:
    """A site whose chats people of `unit` serve."""
    return keep_site(ChatSite(name="Shop", unit=unit, **values), by=None)


def make_chat(site: ChatSite, *words: str, agent: User | None = None) -> tuple[Chat, str]:
    """A chat that began, what its visitor said, and the visitor's secret; served by `agent`."""
    chat, token = start_chat(site, language="zh-hans")
    if agent is not None:
        accept_chat(chat, by=agent)
    for at, text in enumerate(words):
        say(chat, Message(f"visitor-{at:04}", ChatMessage.Side.VISITOR, text))
    chat.refresh_from_db()
    return chat, token


SECRETS = {
    "app_secret": "the-app-secret",
    "token": "the-token",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}


def make_line(site: ChatSite, kind: str, **values: Any) -> MessageLine:
    """A line of this kind with secrets such as its system gives."""
    line = MessageLine(kind=kind, name=kind, site=site, account="the-account", **values)
    if not line.detail and platform_of(line).detail:
        line.detail = "https://sms.example/send"
    keep_line(line, {name: SECRETS[name] for name in platform_of(line).secrets}, by=None)
    return line
