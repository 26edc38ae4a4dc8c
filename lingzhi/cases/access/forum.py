"""Who works on the forum: who is on its roster, and who leads the floor of a whole centre."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import ForumDuty
from lingzhi.cases.queries.forum import is_on_roster, posts
from lingzhi.cases.queries.people import OPEN, READ
from lingzhi.contacts.access.flow import may_plan
from lingzhi.contacts.models import Contact


def require_reading(user: User) -> None:
    """Posts are public: who reads cases reads them."""
    require(user, READ)


def may_work(user: User) -> bool:
    """Whether the forum is this person's to look after."""
    return may_plan(user) or is_on_roster(user)


def require_forum(user: User) -> None:
    """Raise PermissionDenied unless it is."""
    require(user, READ)
    if not may_work(user):
        raise PermissionDenied


def require_planning(user: User) -> None:
    """Raise PermissionDenied unless the person makes the roster."""
    require(user, READ)
    if not may_plan(user):
        raise PermissionDenied


def post_to_read(user: User, pk: int) -> Contact:
    """A post of the forum."""
    require(user, READ)
    found = posts().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def post_to_work(user: User, pk: int) -> Contact:
    """A post to class and answer."""
    found = post_to_read(user, pk)
    require_forum(user)
    return found


def post_to_hand_on(user: User, pk: int) -> Contact:
    """A post from which this person may open a case."""
    found = post_to_work(user, pk)
    require(user, OPEN)
    return found


def duty_to_withdraw(user: User, pk: int) -> ForumDuty:
    """A duty that this person takes off the roster."""
    require(user, READ)
    found = ForumDuty.objects.select_related("person").filter(pk=pk).first()
    if found is None:
        raise Http404
    require_planning(user)
    return found
