"""Who may set up message lines and settle what was not sent by them; which line a call is for."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.access.chats import require_sites
from lingzhi.contacts.messaging.platforms import PLATFORMS
from lingzhi.contacts.models import MessageLine, SentMessage


def line_of_key(key: str) -> MessageLine:
    """The line whose address ends so, or 404."""
    rows = MessageLine.objects.select_related("site__unit", "site__calendar")
    found = rows.filter(key=key, retired_at=None).first()
    if found is None:
        raise Http404
    return found


def new_line(user: User, kind: str) -> MessageLine:
    """An empty line of this kind for who sets lines up."""
    require_sites(user)
    if kind not in PLATFORMS:
        raise Http404
    return MessageLine(kind=kind)


def line_to_set(user: User, pk: int) -> MessageLine:
    require_sites(user)
    found = MessageLine.objects.select_related("site__unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def sent_to_settle(user: User, pk: int) -> SentMessage:
    require_sites(user)
    found = SentMessage.objects.select_related("thread__line").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
