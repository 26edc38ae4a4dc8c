"""Services are obtained together with the right to do something with them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.governance.access.goals import require
from lingzhi.governance.models import ServiceEntry, ServicePromise
from lingzhi.governance.queries.directory import OPEN, may_write, services_visible_to


def service_to_read(user: User, pk: int) -> ServiceEntry:
    """What is or was offered, for everybody; drafts for whom they concern."""
    require(user, OPEN)
    found = services_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def service_to_write(user: User, pk: int) -> ServiceEntry:
    """One of a unit for which this person plans."""
    found = service_to_read(user, pk)
    if not may_write(user, found.unit):
        raise PermissionDenied
    return found


def promise_to_write(user: User, pk: int) -> ServicePromise:
    """A promise of a service that this person writes."""
    found = ServicePromise.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.entry = service_to_write(user, found.entry_id)
    return found


def may_review(user: User, entry: ServiceEntry) -> bool:
    """Who answers for it, or who plans for its unit."""
    return entry.owner_id == user.pk or may_write(user, entry.unit)


def service_to_review(user: User, pk: int) -> ServiceEntry:
    """One that this person looks at again."""
    found = service_to_read(user, pk)
    if not may_review(user, found):
        raise PermissionDenied
    return found
