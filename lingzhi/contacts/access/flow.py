"""Who plans the seats of a channel and sets its limits: who leads the floor of the whole centre."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.access.calls import FLOOR
from lingzhi.contacts.access.channels import channel_to_read
from lingzhi.contacts.models import Channel, ChannelSeats
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to


def may_plan(user: User) -> bool:
    """Whether this person leads the floor of a whole centre."""
    whole = units_visible_to(user, FLOOR).filter(kind__in=(Unit.Kind.COMPANY, Unit.Kind.CENTRE))
    return user.can(FLOOR) and whole.exists()


def channel_to_plan(user: User, pk: int) -> Channel:
    """A channel whose seats and limits this person sets."""
    found = channel_to_read(user, pk)
    if not may_plan(user):
        raise PermissionDenied
    return found


def seats_to_drop(user: User, pk: int) -> ChannelSeats:
    """Seats that this person may take out of the plan."""
    found = ChannelSeats.objects.select_related("channel").filter(pk=pk).first()
    channel_to_plan(user, found.channel_id if found else 0)
    if found is None:
        raise Http404
    return found
