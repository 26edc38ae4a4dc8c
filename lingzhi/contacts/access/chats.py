"""Who may do what with chats: visitors by their secret, agents by the chats that are theirs,
supervisors by their reach."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Chat, ChatMessage, ChatSite
from lingzhi.contacts.queries import open_to
from lingzhi.contacts.queries.chats import chats_of, waiting_for
from lingzhi.contacts.services.chats import digest_of

CHAT, INTERVENE = "contacts.chat", "contacts.intervene"


def require_chats(user: User) -> None:
    """Raise PermissionDenied unless the person serves chats."""
    if not user.can(CHAT):
        raise PermissionDenied


def site_to_offer(key: str) -> ChatSite:
    """A site that offers chats, or 404."""
    found = (
        ChatSite.objects.select_related("unit", "calendar").filter(key=key, retired_at=None).first()
    )
    if found is None:
        raise Http404
    return found


def require_sites(user: User) -> None:
    if not user.can("system.settings"):
        raise PermissionDenied


def site_to_change(user: User, pk: int) -> ChatSite:
    require_sites(user)
    found = ChatSite.objects.select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def chat_of_visitor(request: HttpRequest) -> Chat:
    """The chat of the secret that came with the request, or 404."""
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    rows = Chat.objects.select_related("site__unit", "agent")
    found = rows.filter(token_sha256=digest_of(token)).first() if kind == "Bearer" else None
    if found is None:
        raise Http404
    return found


def file_of_visitor(chat: Chat, number: int) -> ChatMessage:
    """A file that the visitor sees in the chat."""
    return _file(chat, visible_seq=number)


def chat_to_serve(user: User, pk: int) -> Chat:
    """A chat that this person serves or takes part in, or 404."""
    require_chats(user)
    found = chats_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def chat_to_accept(user: User, pk: int) -> Chat:
    """A chat that waits at a site which this person serves; one just taken is theirs to hear of."""
    require_chats(user)
    found = next((one for one in waiting_for(user) if one.pk == pk), None)
    return found or chat_to_serve(user, pk)


def file_to_read(user: User, pk: int, seq: int) -> ChatMessage:
    return _file(chat_to_serve(user, pk), seq=seq)


def _file(chat: Chat, **place: int) -> ChatMessage:
    rows = chat.messages.select_related("file").filter(file__isnull=False)
    found = rows.filter(**place).first()
    if found is None:
        raise Http404
    return found


def colleague(user: User, pk: int) -> User:
    """Somebody who may be asked into a chat."""
    found = User.objects.filter(pk=pk, is_active=True).exclude(pk=user.pk).first()
    if found is None or not found.can(CHAT):
        raise Http404
    return found


def may_intervene(user: User, chat: Chat) -> bool:
    """Whether a supervisor may whisper into this chat, and take it over."""
    is_own = chat.agent_id == user.pk
    return user.can(INTERVENE) and not is_own and _within(user, chat)


def chat_to_intervene(user: User, live: int) -> Chat:
    """The chat of an open contact within a supervisor's reach; 403 without the right."""
    if not user.can(INTERVENE):
        raise PermissionDenied
    rows = Chat.objects.select_related("agent", "site", "live")
    found = rows.filter(live__in=open_to(user, INTERVENE), live_id=live).first()
    if found is None:
        raise Http404
    return found


def _within(user: User, chat: Chat) -> bool:
    return open_to(user, INTERVENE).filter(chat=chat).exists()
