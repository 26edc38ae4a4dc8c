"""Channels of the company for notices to people: named, tried, ended; and its quiet hours."""

import secrets
from datetime import time

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.egress import is_listed, origin_of
from lingzhi.core.encryption import seal, unseal
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.models import Channel, Delivery, QuietHours
from lingzhi.notifications.queries import house_hours
from lingzhi.notifications.robots import is_secret, post
from lingzhi.notifications.services.notices import tell
from lingzhi.notifications.services.trying import Problem, problem_of


class ChannelEnded(DomainError):
    message = _("This channel is closed already.")


@transaction.atomic
def open_channel(*, name: str, kind: str, url: str, secret: str, by: User) -> Channel:
    """A group or system to which people may have their notices posted. Raises BadInput."""
    if not is_listed(url):
        raise BadInput(_("This origin is not in EGRESS_ALLOW: nothing may be sent."), field="url")
    if kind == Channel.Kind.WEBHOOK and secret and not is_secret(secret):
        raise BadInput(_("A signing secret of a webhook begins with whsec_."), field="secret")
    if kind == Channel.Kind.WECOM and secret:
        raise BadInput(_("A WeCom robot has no secret: leave this empty."), field="secret")
    channel = Channel.objects.create(
        name=name.strip()[:60], kind=kind, origin=origin_of(url), created_at=now(), created_by=by
    )
    channel.sealed_url = seal(url, _place(channel, "url"))
    channel.sealed_secret = seal(secret, _place(channel, "secret")) if secret else ""
    channel.save(update_fields=["sealed_url", "sealed_secret"])
    after = {"kind": kind, "origin": channel.origin, "signed": bool(secret)}
    record(by, "notifications.channel_opened", channel, after=after)
    return channel


@transaction.atomic
def end_channel(channel: Channel, *, by: User) -> None:
    """Nothing more is posted there, and who chose it hears of it."""
    moment = now()
    if not Channel.objects.filter(pk=channel.pk, ended_at=None).update(ended_at=moment):
        raise ChannelEnded()
    waiting = channel.deliveries.filter(state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.DROPPED, ended_at=moment)
    record(by, "notifications.channel_ended", channel)
    people = User.objects.filter(wishes__channels=channel)
    title = _("A group in which you were told of notices is closed: choose another way")
    tell(people, title, body=channel.name, url=reverse("notifications:ways"))
    channel.wishes.clear()


def try_channel(channel: Channel, *, by: User) -> Problem | None:
    """Post one line now; what went wrong, None when it arrived."""
    if channel.ended_at is not None:
        raise ChannelEnded()
    text = str(_("A test from Lingzhi: notices may be posted here."))
    name = f"test_{secrets.token_hex(8)}"
    problem = problem_of(lambda: post_to(channel, text, name=name))
    after = {"problem": problem[0] if problem else ""}
    with transaction.atomic():
        record(by, "notifications.channel_tried", channel, after=after)
    return problem


def post_to(channel: Channel, text: str, *, name: str) -> None:
    """Post it. Raises what `core.egress` does, and CannotOpen."""
    url = unseal(channel.sealed_url, _place(channel, "url"))
    sealed = channel.sealed_secret
    secret = unseal(sealed, _place(channel, "secret")) if sealed else ""
    post(channel.kind, url, secret, text, name=name)


def _place(channel: Channel, column: str) -> str:
    """What the address and the secret of a channel are sealed for."""
    return f"notifications.channel|{column}|{channel.pk}"


@transaction.atomic
def set_quiet_hours(begins_at: time | None, ends_at: time | None, *, by: User) -> None:
    """When the company leaves its people in peace; without both times, never. Raises BadInput."""
    if (begins_at is None) != (ends_at is None):
        raise BadInput(_("Give both times, or neither."), field="ends_at")
    if begins_at is not None and begins_at == ends_at:
        raise BadInput(_("Quiet hours cannot last the whole day."), field="ends_at")
    before = house_hours()
    after = None
    if begins_at is None or ends_at is None:
        QuietHours.objects.all().delete()
    else:
        times = {"begins_at": begins_at, "ends_at": ends_at}
        after, _is_new = QuietHours.objects.update_or_create(pk=1, defaults=times)
    if before or after:
        said = [{"hours": str(one or "")} for one in (before, after)]
        subject = after or QuietHours(pk=1, begins_at=time(), ends_at=time())
        record(by, "notifications.quiet_hours_set", subject, before=said[0], after=said[1])
