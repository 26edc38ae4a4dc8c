"""The time limits of cases on the page of a channel: how soon its matters are answered and done."""

from django.db.models import Q

from lingzhi.accounts.models import User
from lingzhi.cases.models.clocks import ClockKind
from lingzhi.cases.queries.flows import rules_in_force
from lingzhi.cases.queries.people import READ
from lingzhi.contacts.models import Channel
from lingzhi.core.panels import Panel, Shown

SHOWN = (ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION)


def _limits(_user: User, channel: Channel) -> Shown:
    """First response and resolution: those of this channel, and those of every one."""
    rows = rules_in_force().filter(Q(channel=channel) | Q(channel=None), kind__in=SHOWN)
    found = sorted(rows, key=lambda one: (one.kind, one.code))
    context = {
        "own": [one for one in found if one.channel_id],
        "everywhere": [one for one in found if one.channel_id is None],
    }
    return Shown("cases/limits/_of_channel.html", context)


CHANNEL = Panel("contacts.channel", _limits, READ)
