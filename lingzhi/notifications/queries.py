"""A person's inbox, how notices reach people outside, and what other systems are told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.notifications.models import (
    Channel,
    Delivery,
    Message,
    Notice,
    QuietHours,
    Webhook,
    Wishes,
)
from lingzhi.notifications.timing import Hours, after_quiet


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


def open_channels() -> QuerySet[Channel]:
    """Where notices to people may be posted."""
    return Channel.objects.filter(ended_at=None)


def channel_rows() -> QuerySet[Channel]:
    """All channels, the open ones first, with who chose them, what waits and what failed."""
    waiting = Count("deliveries", Q(deliveries__state=Delivery.State.WAITING), distinct=True)
    given_up = Count("deliveries", Q(deliveries__state=Delivery.State.GIVEN_UP), distinct=True)
    people = Count("wishes", distinct=True)
    rows = Channel.objects.annotate(waiting=waiting, given_up=given_up, people=people)
    return rows.order_by(F("ended_at").desc(nulls_first=True), "name")


def wishes_of(people: Iterable[int]) -> dict[int, Wishes]:
    """How these people (keys) want to be told besides the inbox, with the channels still open."""
    rows = Wishes.objects.filter(person__in=set(people)).select_related("person")
    return {one.person_id: one for one in rows.prefetch_related(_open_channels())}


def due_deliveries(most: int) -> list[Delivery]:
    """What may be tried now, urgent and then oldest first, with all that decides about it."""
    rows = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=now())
    rows = rows.select_related("channel", "notice__person__wishes")
    rows = rows.order_by("-notice__is_urgent", "id")
    return list(rows.prefetch_related(_open_channels("notice__person__wishes__"))[:most])


def _open_channels(prefix: str = "") -> Prefetch[Any]:
    return Prefetch(f"{prefix}channels", open_channels())


def house_hours() -> QuietHours | None:
    """The quiet hours of the company."""
    return QuietHours.objects.first()


def quiet_hours_of(wishes: Wishes, house: QuietHours | None) -> Hours | None:
    """The quiet hours of a person: their own, those of the company, or none."""
    if wishes.quiet == Wishes.Quiet.OWN and wishes.quiet_from and wishes.quiet_until:
        return wishes.quiet_from, wishes.quiet_until
    if wishes.quiet == Wishes.Quiet.HOUSE and house is not None:
        return house.begins_at, house.ends_at
    return None


def not_before(person: User, moment: datetime) -> datetime:
    """The first moment from now on at which the person may be told of what is not urgent."""
    wishes = Wishes.objects.filter(person=person).first() or Wishes(person=person)
    return after_quiet(quiet_hours_of(wishes, house_hours()), moment)


def deliveries_to(person: User) -> QuerySet[Delivery]:
    """What left the house for a person, or is about to, the newest first."""
    rows = Delivery.objects.filter(notice__person=person).select_related("notice", "channel")
    return rows.order_by("-pk")


def deliveries_by(channel: Channel | None, state: str = "") -> QuerySet[Delivery]:
    """What went through a channel, None for mail, the newest first; `state` narrows it."""
    rows = Delivery.objects.filter(channel=channel).select_related("notice__person")
    rows = rows.order_by("-pk")
    return rows.filter(state=state) if state in Delivery.State.values else rows


def mail_counts() -> dict[str, Any]:
    """Mail to people: whether there is a server, how many chose it, what waits, what failed."""
    rows = Delivery.objects.filter(channel=None)
    waiting, given_up = Delivery.State.WAITING, Delivery.State.GIVEN_UP
    counts = rows.aggregate(
        waiting=Count("pk", Q(state=waiting)), given_up=Count("pk", Q(state=given_up))
    )
    people = Wishes.objects.filter(by_mail=True).count()
    return {"server": bool(settings.EMAIL_HOST), "people": people, **counts}
