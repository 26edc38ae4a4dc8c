from typing import Any

from lingzhi.conftest import Cast
from lingzhi.contacts.factories import make_chat_site, make_line
from lingzhi.contacts.models import MessageLine, SentMessage
from lingzhi.contacts.services.message_queue import queue_text
from tests.permissions.objects import Route, Whose


def a_line(whose: Whose) -> MessageLine:
    return make_line(make_chat_site(whose.unit), "sms")


def line(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_line(whose).pk}


def key(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"key": a_line(whose).key}


def kind(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"kind": "sms"}


def stuck(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = queue_text(a_line(whose), "13800002071", "?", matter="", by=whose.person)
    assert made is not None
    SentMessage.objects.filter(pk=made.pk).update(state="failed")
    return {"pk": made.pk}


ROUTES = {
    "chat:lines": Route(),
    "chat:choose_line": Route(),
    "chat:new_line": Route(kind, missing={"kind": "nothing"}),
    "chat:line": Route(line),
    "chat:try_line": Route(line, method="post"),
    "chat:retire_line": Route(line, method="post"),
    "chat:message_again": Route(stuck, method="post"),
    "chat:message_give_up": Route(stuck, method="post"),
    "chat:line_in": Route(key, missing={"key": "nowhere"}, method="post"),
}
