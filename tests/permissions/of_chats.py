from io import BytesIO
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.contacts.factories import make_chat, make_chat_site
from lingzhi.contacts.models import Chat, ChatMessage, ChatSite, OpenContact
from lingzhi.contacts.services.chat_saying import Message, send_file
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose

NOBODY = {"pk": 999_999_999}


def a_site(cast: Cast, whose: Whose) -> ChatSite:
    return make_chat_site(whose.unit)


def site(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_site(cast, whose).pk}


def key(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"key": a_site(cast, whose).key}


def waiting(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_chat(a_site(cast, whose), "你好")[0].pk}


def chat(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One that the person serves."""
    given = waiting(cast, whose)
    served = {"state": "serving", "agent": whose.person, "assigned_at": now()}
    Chat.objects.filter(**given).update(**served)
    OpenContact.objects.update(agent=whose.person, unit=whose.unit)
    return given


def file(cast: Cast, whose: Whose) -> dict[str, Any]:
    given = chat(cast, whose)
    sent = Message("number-1", ChatMessage.Side.VISITOR, kind=ChatMessage.Kind.FILE)
    made = send_file(Chat.objects.get(**given), sent, BytesIO(b"%PDF-1"), "bill.pdf")
    return given | {"seq": made.seq}


def live(cast: Cast, whose: Whose) -> dict[str, Any]:
    chat(cast, whose)
    return {"pk": OpenContact.objects.get().pk}


ROUTES = {
    "chat:desk": Route(),
    "chat:lists": Route(),
    "chat:talk": Route(chat),
    "chat:messages": Route(chat),
    "chat:answer": Route(chat, method="post", data={"text": "您好"}),
    "chat:attach": Route(chat, method="post"),
    "chat:file": Route(file, missing=NOBODY | {"seq": 1}),
    "chat:desk_signs": Route(chat, method="post"),
    "chat:accept": Route(waiting, method="post"),
    "chat:pass_on": Route(chat, method="post"),
    "chat:invite": Route(chat, method="post"),
    "chat:leave": Route(chat, method="post"),
    "chat:end": Route(chat, method="post"),
    "chat:sites": Route(),
    "chat:new_site": Route(),
    "chat:edit_site": Route(site),
    "chat:retire_site": Route(site, method="post"),
    "chat:try_site": Route(site),
    "chat:widget": Route(key, missing={"key": "nowhere"}),
    "chat:start": Route(key, missing={"key": "nowhere"}, method="post"),
    "chat:leave_message": Route(key, missing={"key": "nowhere"}, method="post"),
    "chat:take_way": Route(key, missing={"key": "nowhere"}, method="post"),
    "chat:read": Route(),
    "chat:say": Route(method="post"),
    "chat:visitor_attach": Route(method="post"),
    "chat:visitor_file": Route(lambda cast, whose: {"number": 1}, missing={"number": 9}),
    "chat:visitor_signs": Route(method="post"),
    "chat:visitor_end": Route(method="post"),
    "chat:transcript": Route(),
    "live_chat": Route(),
    "live_chat_desk": Route(),
    "inspections:whisper": Route(live, method="post", data={"text": "先安抚"}),
    "inspections:take_over": Route(live, method="post", data={"reason": "升级"}),
}
