"""A person's inbox, and what other systems are told."""

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.notifications.models import Message, Notice, Webhook


def inbox_of(person: User) -> QuerySet[Notice]:
    """Everything that is open, to-dos first."""
    return Notice.objects.filter(person=person, ended_at=None).order_by("-is_todo", "-id")


def ended_of(person: User) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person).exclude(ended_at=None).order_by("-ended_at")


def bell(person: User) -> tuple[str, int]:
    """Address and number of open lines, for the top of every page."""
    return reverse("notifications:inbox"), inbox_of(person).count()


def webhook_rows() -> QuerySet[Webhook]:
    """Systems that are told what happens, the connected first, with what waits and what failed."""
    waiting = Count("messages", filter=Q(messages__state=Message.State.WAITING))
    given_up = Count("messages", filter=Q(messages__state=Message.State.GIVEN_UP))
    rows = Webhook.objects.annotate(waiting=waiting, given_up=given_up)
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-pk")


def messages_of(webhook: Webhook, state: str = "") -> QuerySet[Message]:
    """Its messages, the newest first; `state` narrows them."""
    rows = webhook.messages.order_by("-pk")
    return rows.filter(state=state) if state in Message.State.values else rows
