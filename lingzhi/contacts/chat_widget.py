"""What the visitor's page holds: its texts, its site, and the transcript to take away."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lingzhi.contacts.models import Chat, ChatMessage, ChatSite
from lingzhi.contacts.steering import Asked, Suggestion, suggestion
from lingzhi.core.languages import in_language
from lingzhi.org.queries import centre_name
from lingzhi.org.queries.privacy import CHANNELS, notice_on


def words() -> dict[str, str]:
    """Every text of the widget, in the language that is active; `%s` stands for what varies."""
    return {
        "start": _("Start the chat"), "send": _("Send it"), "write": _("Write a message"),
        "attach": _("Send a file"), "end": _("End the chat"), "again": _("New chat"),
        "close": _("Close the window"), "transcript": _("Save the conversation"),
        "place": _("You are number %s in the queue"), "next": _("You are next"),
        "about": _("about %s min"),
        "unsure": _("We cannot say yet how long it takes"), "served": _("Agent %s is with you"),
        "typing": _("is typing…"), "read": _("Read by the agent"), "sending": _("Sending…"),
        "failed": _("Not sent. Tap to try again."), "lost": _("Connection lost. Trying again…"),
        "ended": _("The chat has ended"), "welcomed": _("Agent %s is here for you"),
        "joined": _("Agent %s joined"), "left_it": _("Agent %s left"),
        "passed_on": _("Agent %s goes on with you"),
        "queued": _("You are passed on; a colleague will be with you soon"),
        "you": _("You"), "sure": _("End this chat?"), "yes": _("End it"), "no": _("Go on chatting"),
        "name": _("Your name"), "reach": _("Phone or e-mail"), "matter": _("What is it about?"),
        "leave": _("Leave a message"), "left": _("Thank you. We have your message."),
        "need": _("Please fill this in."), "agent": _("Agent"),
    }  # fmt: skip


def page_of_site(site: ChatSite, language: str, *, is_open: bool) -> dict[str, Any]:
    """The context of the widget's page."""
    greeting = in_language(site.greeting) or _("Hello! How can we help you?")
    away = in_language(site.away) or _(
        "Nobody is at work now. Leave a message and we will get back to you."
    )
    steer = suggested(is_open=is_open)
    data = {
        "key": site.key, "language": language, "is_open": is_open, "words": words(),
        "steer": steer.rule.pk if steer else None,
        "colour": site.colour, "base": reverse("chat:say").removesuffix("say/"),
        "stream": reverse("live_chat"),
    }  # fmt: skip
    return {
        "site": site, "data": data, "greeting": greeting, "away": away, "is_open": is_open,
        "language": language, "centre": centre_name(), "steer": steer,
        "notice": notice_on(CHANNELS.CHAT),
    }  # fmt: skip


def suggested(*, is_open: bool) -> Suggestion | None:
    """Another way than this chat, for who has not begun it."""
    return suggestion(Asked("chat", "chat", is_shut=not is_open))


def transcript_of(chat: Chat) -> str:
    """One line a message, as the visitor saw them."""
    said = words()
    lines = [chat.number]
    rows = chat.messages.exclude(kind=ChatMessage.Kind.WHISPER).select_related("person", "file")
    for one in rows:
        at = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M:%S")
        lines.append(f"{at}  {_line(one, said)}")
    return "\n".join(lines) + "\n"


def _line(one: ChatMessage, said: dict[str, str]) -> str:
    who = one.person.staff_no if one.person else ""
    if one.kind == ChatMessage.Kind.SYSTEM:
        text = said["left_it" if one.event == "left" else one.event]
        return f"— {text % who if '%s' in text else text}"
    name = said["you"] if one.side == ChatMessage.Side.VISITOR else f"{said['agent']} {who}"
    return f"{name}: {one.file.name if one.file else one.spoken()}"
