"""Who may look at doubts about calls, and who leads the floor."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import CallDoubt, CallQueue
from lingzhi.contacts.queries.calls import doubts_visible_to

SERVE = "contacts.phone"  # an agent's own desk
FLOOR = "contacts.floor"  # who leads the floor


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless the person has the capability."""
    if not user.can(capability):
        raise PermissionDenied


def queue_to_give(user: User, pk: int) -> CallQueue:
    """A queue, for who connects systems."""
    require(user, "system.settings")
    found = CallQueue.objects.select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def doubt_to_see(user: User, pk: int) -> CallDoubt:
    """A doubt this person may mark as looked at."""
    require(user, "contacts.match")
    found = doubts_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
