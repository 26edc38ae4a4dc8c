"""`/live/chat/…`: what is said reaches the visitor's page and the agent's desk as it is said."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from lingzhi.accounts.models import User
from lingzhi.contacts.access.chats import CHAT, chat_of_visitor, require_chats
from lingzhi.contacts.chat_desks import read_desks
from lingzhi.contacts.chat_talk import read_chats
from lingzhi.core.live import Log, Tail, still_allowed

LOOK_SECONDS = 0.2  # of a second that a message may take


visitors = Log(read_chats, every=LOOK_SECONDS)
desks = Tail(read_desks, every=LOOK_SECONDS)


@login_not_required
@require_GET
def stream_of_visitor(request: HttpRequest) -> HttpResponseBase:
    """The chat of the secret, from behind `Last-Event-ID`."""
    chat = chat_of_visitor(request)
    last = request.headers.get("Last-Event-ID", "")
    position = int(last) if last.isascii() and last.isdigit() and len(last) < 10 else 0
    return visitors.answer(chat.pk, lambda: True, position)


@require_GET
def stream_of_desk(request: Any) -> HttpResponseBase:
    """What moves at the desk of who is signed in."""
    require_chats(request.user)

    def may(user: User) -> bool:
        return user.can(CHAT)

    return desks.answer(request.user.pk, still_allowed(request.session.session_key, may))
