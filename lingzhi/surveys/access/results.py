"""What surveys say is seen by whoever may see answers, of the units within reach."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.queries.people import leaders_of
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, units_visible_to
from lingzhi.surveys.access.common import READ, require
from lingzhi.surveys.models import WeakLink
from lingzhi.surveys.queries.results import weak_links_visible_to

SIGNALS, TELL = "inspections.recheck", "surveys.manage"


def units_to_read(user: User, capability: str = READ) -> list[Unit]:
    """The units whose answers this person may see."""
    require(user, capability)
    return list(units_visible_to(user, capability))


def unit_to_tell(user: User, pk: int) -> Unit:
    """A unit within reach whose leaders this person may give a to-do about a weak link."""
    unit = next((one for one in units_to_read(user) if one.pk == pk), None)
    if unit is None:
        raise Http404
    require(user, TELL)
    if not reach(user, TELL).covers(unit, None):
        raise PermissionDenied
    return unit


def may_answer_for(user: User, unit: Unit) -> bool:
    """Whether this person leads the unit, or where nobody does, the one above."""
    return user in leaders_of(unit)


def weak_link_to_read(user: User, pk: int, *, to_answer: bool = False) -> WeakLink:
    """A weak link of a unit within reach; `to_answer` only for who leads it."""
    require(user, READ)
    found = weak_links_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    if to_answer and not may_answer_for(user, found.unit):
        raise PermissionDenied
    return found
