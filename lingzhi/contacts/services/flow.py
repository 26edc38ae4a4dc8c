"""Planning seats, setting limits, and watching whether channels are clear."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.audit.services import record
from lingzhi.contacts.flow import Flow, flows
from lingzhi.contacts.models import Channel, ChannelSeats, Congestion, FlowDay, FlowLimits
from lingzhi.core.clock import now, today
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.queries import assignments_on, responsible_now

PAUSE = timedelta(minutes=5)  # clear for less, it is the same congestion
APART = timedelta(seconds=50)  # two looks within a minute count once
KEEPERS = [code for code, role in ROLES.items() if "contacts.channels" in role.capabilities]


@transaction.atomic
def plan_seats(seats: ChannelSeats, *, by: User | None) -> ChannelSeats:
    """So many agents for a channel, on these days, between these hours."""
    seats.validate_constraints()
    seats.save()
    record(by, "contacts.seats_planned", seats.channel, after=_said(seats))
    return seats


@transaction.atomic
def drop_seats(seats: ChannelSeats, *, by: User) -> None:
    """They are no longer planned. Doing so twice changes nothing."""
    if ChannelSeats.objects.filter(pk=seats.pk).delete()[0]:
        record(by, "contacts.seats_dropped", seats.channel, before=_said(seats))


def _said(seats: ChannelSeats) -> dict[str, object]:
    hours = f"{seats.from_hour}-{seats.to_hour}"
    return {"days": seats.days, "hours": hours, "seats": seats.seats}


@transaction.atomic
def set_flow_limits(limits: FlowLimits, *, by: User | None) -> FlowLimits:
    """From when on the channel counts as congested."""
    limits.validate_constraints()
    limits.save()
    names = ("waiting", "longest_seconds", "connect_percent", "least_cases")
    after = {name: getattr(limits, name) for name in names}
    record(by, "contacts.flow_limits_set", limits.channel, after=after)
    return limits


def watch_flow() -> int:
    """Look at every channel once; how many are congested."""
    found = flows()
    for one in found:
        _look(one)
    return sum(one.state == "congested" for one in found)


@transaction.atomic
def _look(flow: Flow) -> None:
    is_bad = flow.state == "congested"
    if flow.state in ("clear", "congested"):
        _count(flow.channel, is_bad=is_bad)
    rows = Congestion.objects.select_for_update().filter(channel=flow.channel, ended_at=None)
    lasting = rows.first()
    if is_bad:
        _note(flow, lasting)
    elif lasting is not None and now() - lasting.seen_at >= PAUSE:
        lasting.ended_at = lasting.seen_at
        lasting.save(update_fields=["ended_at"])
        settle_matter(_matter(lasting))
        after = {"began_at": str(lasting.began_at), "ended_at": str(lasting.ended_at)}
        record(None, "contacts.congestion_over", flow.channel, after=after)


def _count(channel: Channel, *, is_bad: bool) -> None:
    moment = now()
    long_ago = {"looked_at": moment - APART * 2}
    day, _new = FlowDay.objects.get_or_create(channel=channel, day=today(), defaults=long_ago)
    if moment - day.looked_at >= APART:
        day.looks, day.congested = day.looks + 1, day.congested + is_bad
        day.looked_at = moment
        day.save()


def _note(flow: Flow, lasting: Congestion | None) -> None:
    """Begin one and tell of it, or write down its peak."""
    one = lasting or Congestion(channel=flow.channel, began_at=now())
    one.seen_at = now()
    one.causes = sorted({*one.causes, *(flow.causes or [])})
    if flow.waiting is not None:
        one.peak_waiting = max(one.peak_waiting or 0, flow.waiting.number)
        one.peak_seconds = max(one.peak_seconds or 0, flow.waiting.longest or 0)
    ratio = flow.last_hour.ratio if flow.last_hour else None
    if ratio is not None:
        one.lowest_connect = min(ratio, 1.0 if one.lowest_connect is None else one.lowest_connect)
    one.save()
    if lasting is None:
        record(None, "contacts.congested", flow.channel, after={"causes": one.causes})
        tell(owners_of(flow.channel), _("A channel is congested"), body=flow.channel.label,
             url=reverse("contacts:channel_flow", args=[flow.channel.pk]), is_todo=True,
             is_urgent=True, matter=_matter(one))  # fmt: skip


def _matter(one: Congestion) -> str:
    return f"contacts.congestion/{one.pk}"


def owners_of(channel: Channel) -> list[User]:
    """Who answers for the channel or stands in; where nobody does, who keeps the register."""
    person = responsible_now(channel.owner, now()) if channel.owner else None
    if person is not None:
        return [person]
    rows = assignments_on(today()).filter(role__in=KEEPERS).select_related("person")
    return list({row.person_id: row.person for row in rows}.values())
