"""A reception is obtained together with the right to go on with it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import Reception
from lingzhi.cases.queries.people import OPEN, READ, units_of
from lingzhi.cases.queries.receptions import receptions_visible_to


def reception_to_read(user: User, pk: int) -> Reception:
    """A reception within sight."""
    require(user, READ)
    found = receptions_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def goes_on(user: User, reception: Reception) -> bool:
    """Whoever began it, and who registers cases in its unit."""
    is_near = reception.begun_by_id == user.pk or reception.unit_id in units_of(user)
    return user.can(OPEN) and is_near


def reception_to_take_on(user: User, pk: int) -> Reception:
    """A reception in which this person takes steps."""
    found = reception_to_read(user, pk)
    if not goes_on(user, found):
        raise PermissionDenied
    return found
