"""What moves at agents' desks: their chats, who waits, what they themselves are doing."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from lingzhi.accounts.models import User
from lingzhi.contacts.models import AgentState, Chat, ChatJoin, ChatMessage, ChatSite
from lingzhi.contacts.queries.chat_agents import paths_of, serves
from lingzhi.contacts.queries.chats import is_typing, messages_after, open_chats_of, waiting_for
from lingzhi.contacts.queries.floor import my_state
from lingzhi.contacts.services.states import note_desks
from lingzhi.core.clock import now


def read_desks(people: Collection[int]) -> dict[int, dict[str, Any]]:
    """The state of each desk; chats with the place of their last message."""
    note_desks(people)
    chats = _chats(people)
    waiting = _waiting(people)
    states = AgentState.objects.filter(person__in=people, until=None)
    now_in = dict(states.values_list("person_id", "state"))
    return {
        pk: {"chats": chats[pk], "waiting": waiting[pk], "state": now_in.get(pk, "")}
        for pk in people
    }


def _chats(people: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    serving = Chat.objects.filter(state=Chat.State.SERVING)
    for chat in serving.filter(agent__in=people).order_by("assigned_at", "pk"):
        found[chat.agent_id or 0].append(_moved(chat))
    joins = ChatJoin.objects.filter(person__in=people, left_at=None, chat__in=serving)
    for join in joins.select_related("chat").order_by("pk"):
        found[join.person_id].append(_moved(join.chat))
    return found


def _moved(chat: Chat) -> dict[str, Any]:
    return {
        "pk": chat.pk, "seq": chat.last_seq, "read": chat.visitor_read,
        "typing": is_typing(chat, "visitor"),
    }  # fmt: skip


def _waiting(people: Collection[int]) -> dict[int, list[int]]:
    rows = Chat.objects.filter(state=Chat.State.WAITING).order_by("queued_at", "pk")
    waiting = list(rows.values_list("pk", "site_id")[:100])
    if not waiting:
        return defaultdict(list)
    sites = ChatSite.objects.select_related("unit").in_bulk({site for _pk, site in waiting})
    paths = paths_of(people)
    return {
        person: [pk for pk, site in waiting if serves(paths.get(person, []), sites[site])]
        for person in people
    }


@dataclass(frozen=True, slots=True)
class ShownChat:
    """A line of the lists: the chat, its last words masked, and what was not read yet."""

    chat: Chat
    last: ChatMessage | None
    unread: int
    seconds: int
    is_current: bool


def shown_lists(user: User, current: int = 0) -> dict[str, Any]:
    """What stands beside the talk: one's chats, who waits, one's state."""
    chats = list(open_chats_of(user))
    waiting = waiting_for(user)
    lasts = _last_words([*chats, *waiting])
    return {
        "chats": [_line(chat, lasts, current) for chat in chats],
        "waiting": [_line(chat, lasts, current) for chat in waiting],
        "mine": my_state(user), "current": current,
    }  # fmt: skip


def _last_words(chats: Sequence[Chat]) -> dict[int, ChatMessage]:
    rows = ChatMessage.objects.filter(chat__in=chats, kind__in=["text", "file"])
    newest = rows.order_by("chat", "-seq").select_related("file")
    found: dict[int, ChatMessage] = {}
    for one in newest.filter(seq__gt=F("chat__last_seq") - 5):
        found.setdefault(one.chat_id, one)
    return found


def _line(chat: Chat, lasts: Mapping[int, ChatMessage], current: int) -> ShownChat:
    since = chat.queued_at if chat.state == Chat.State.WAITING else chat.started_at
    unread = max(0, chat.visible_seq - chat.agent_read)
    seconds = max(0, round((now() - since).total_seconds()))
    return ShownChat(chat, lasts.get(chat.pk), unread, seconds, chat.pk == current)


def shown_talk(chat: Chat, user: User) -> dict[str, Any]:
    """The talk in the clear, for those who hold it."""
    joins = chat.joins.filter(left_at=None).select_related("person")
    return {
        "chat": chat, "said": messages_after(chat, 0), "is_open": chat.state == Chat.State.SERVING,
        "joined": [join.person for join in joins], "is_guest": chat.agent_id != user.pk,
    }  # fmt: skip
