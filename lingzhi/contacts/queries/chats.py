"""Chats: whose they are, and what each side sees of them."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Chat, ChatJoin, ChatMessage, ChatSite
from lingzhi.contacts.queries.chat_agents import paths_of, serves
from lingzhi.core.clock import now

TYPING = timedelta(seconds=6)


def chats_of(user: User) -> QuerySet[Chat]:
    """Chats that this person serves or takes part in; those that ended, too."""
    joined = ChatJoin.objects.filter(chat=OuterRef("pk"), person=user, left_at=None)
    was_in = Exists(ChatJoin.objects.filter(chat=OuterRef("pk"), person=user))
    mine = Q(agent=user) | Exists(joined) | (Q(state=Chat.State.ENDED) & was_in)
    return Chat.objects.filter(mine).select_related(
        "site", "agent", "live", "contact", "thread__line"
    )


def open_chats_of(user: User) -> QuerySet[Chat]:
    """Those that go on, in the order in which they came to the person."""
    return chats_of(user).filter(state=Chat.State.SERVING).order_by("assigned_at", "pk")


def waiting_for(user: User) -> list[Chat]:
    """Chats that wait at sites which this person serves, the longest first."""
    sites = [site.pk for site in served_sites(user)]
    rows = Chat.objects.filter(state=Chat.State.WAITING, site__in=sites)
    return list(rows.select_related("site").order_by("queued_at", "pk")[:100])


def served_sites(user: User) -> list[ChatSite]:
    paths = paths_of([user.pk]).get(user.pk, [])
    rows = ChatSite.objects.select_related("unit").filter(retired_at=None)
    return [site for site in rows if serves(paths, site)]


def messages_after(chat: Chat, seq: int) -> list[ChatMessage]:
    """What was said after place `seq`, for those who serve the chat."""
    return list(chat.messages.filter(seq__gt=seq).select_related("person", "file", "sent"))


def is_typing(chat: Chat, side: str) -> bool:
    """Whether the side wrote within the last seconds."""
    at = getattr(chat, f"{side}_typed_at")
    return at is not None and now() - at < TYPING
