"""What the visitor is shown of a chat: its state, and what was said, without whispers."""

from collections.abc import Iterable, Mapping
from typing import Any

from lingzhi.contacts.models import Chat, ChatMessage
from lingzhi.contacts.queries.chat_sites import places
from lingzhi.contacts.queries.chats import is_typing
from lingzhi.contacts.services.chats import note_visitors
from lingzhi.core.live import Events, State


def read_chats(positions: Mapping[int, int]) -> dict[int, tuple[State, Events]]:
    """The state of each chat, and what its visitor may see behind a position, in order."""
    note_visitors(list(positions))
    chats = Chat.objects.select_related("agent").in_bulk(list(positions))
    moved = [pk for pk, chat in chats.items() if chat.visible_seq > positions[pk]]
    lowest = min((positions[pk] for pk in moved), default=0)
    rows = ChatMessage.objects.filter(chat__in=moved, visible_seq__gt=lowest)
    said: dict[int, list[tuple[int, State]]] = {pk: [] for pk in chats}
    for one in rows.select_related("person", "file").order_by("chat", "visible_seq"):
        if one.visible_seq is not None and one.visible_seq > positions[one.chat_id]:
            said[one.chat_id].append((one.visible_seq, shown_to_visitor(one)))
    states = states_of(chats.values())
    return {pk: (states[pk], said[pk]) for pk in chats}


def states_of(chats: Iterable[Chat]) -> dict[int, State]:
    """What the visitor is told of each chat besides its messages."""
    several = list(chats)
    waiting = [chat.pk for chat in several if chat.state == Chat.State.WAITING]
    queue = places(waiting) if waiting else {}
    return {
        chat.pk: {
            "state": chat.state,
            "position": queue[chat.pk].position if chat.pk in queue else None,
            "minutes": queue[chat.pk].minutes if chat.pk in queue else None,
            "who": chat.agent.staff_no if chat.agent else "",
            "typing": is_typing(chat, "agent"),
            "read": chat.agent_read,
            "is_finished": chat.state == Chat.State.ENDED,
        }
        for chat in several
    }


def shown_to_visitor(one: ChatMessage) -> dict[str, Any]:
    """One message as JSON. Agents are known by their staff number, not by name."""
    file = {"name": one.file.name, "size": one.file.size} if one.file else None
    return {
        "seq": one.visible_seq,
        "id": one.client_id,
        "side": one.side,
        "kind": one.kind,
        "event": one.event,
        "who": one.person.staff_no if one.person else "",
        "text": one.spoken(),
        "file": file,
        "at": one.at.isoformat(),
    }
