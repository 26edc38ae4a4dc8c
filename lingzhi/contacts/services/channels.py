"""Keeping the register of channels: what each offers, and how fast it answers."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Channel
from lingzhi.core.errors import BadInput
from lingzhi.kpis.models import Target
from lingzhi.kpis.queries.channels import ANSWERING
from lingzhi.kpis.services import Aim, end_target, ensure_definition, set_target
from lingzhi.org.models import Unit

SAID = (
    "code", "name", "is_voice", "is_offered", "address", "is_round_the_clock", "calendar_id",
    "owner_id", "requirement",
)  # fmt: skip


@transaction.atomic
def keep_channel(channel: Channel, *, by: User | None) -> Channel:
    """Add a channel, or change what is said of one."""
    before = Channel.objects.select_for_update().filter(pk=channel.pk).first()
    channel.save()
    said = _said(before) if before else None
    record(by, "contacts.channel_set", channel, before=said, after=_said(channel))
    return channel


def _said(channel: Channel) -> dict[str, object]:
    return {name: getattr(channel, name) for name in SAID}


@transaction.atomic
def set_norm(
    channel: Channel, unit: Unit, seconds: int, percent: float, *, from_on: date, reason: str,
    by: User,
) -> Target:  # fmt: skip
    """From a day on, so many of a hundred customers get a first answer within the seconds.

    Spoken: calls answered from joining the queue (服务水平); written: the first reply of a person.
    The norm that held before ends the day before. Raises BadInput where a later one is there.
    """
    params = (
        {"limit": seconds} if channel.is_voice else {"limit": seconds, "channels": [channel.code]}
    )
    code, variant = ("T02", "offered") if channel.is_voice else ("K06", "within")
    definition = ensure_definition(code, variant, params, by=by)
    earlier = Target.objects.filter(
        ANSWERING, unit=unit, channel=channel.code, control_id=None, to_on=None
    )
    for one in earlier.exclude(definition=definition).select_related("definition__indicator"):
        if one.from_on >= from_on:
            raise BadInput(_("A later target is there already."), field="from_on")
        end_target(one, on=from_on - timedelta(days=1), reason=reason, by=by)
    aim = Aim(percent, channel=channel.code)
    return set_target(definition, unit, aim, from_on=from_on, reason=reason, by=by)
