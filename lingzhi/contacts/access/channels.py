"""Who reads the register of channels, and who keeps it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.access.calls import require
from lingzhi.contacts.models import Channel
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to

READ, KEEP = "contacts.read", "contacts.channels"


def channel_to_read(user: User, pk: int) -> Channel:
    """A channel, for whoever reads conversations."""
    require(user, READ)
    found = Channel.objects.select_related("calendar", "owner").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_keep(user: User) -> bool:
    """Whether this person keeps the register: it is the same for the whole centre."""
    whole = units_visible_to(user, KEEP).filter(kind__in=(Unit.Kind.COMPANY, Unit.Kind.CENTRE))
    return whole.exists()


def require_keeping(user: User) -> None:
    """Raise PermissionDenied unless the person keeps the register."""
    if not may_keep(user):
        raise PermissionDenied


def channel_to_keep(user: User, pk: int) -> Channel:
    """A channel whose hours and owner this person sets."""
    found = channel_to_read(user, pk)
    require_keeping(user)
    return found


def channel_to_aim(user: User, pk: int) -> Channel:
    """A channel for which this person sets a norm within reach."""
    found = channel_to_read(user, pk)
    require(user, KEEP)
    return found


def unit_of_norms(user: User) -> Unit:
    """The widest unit for which this person sets norms."""
    found = min(units_visible_to(user, KEEP), key=lambda unit: (unit.depth, unit.pk), default=None)
    if found is None:
        raise PermissionDenied
    return found
