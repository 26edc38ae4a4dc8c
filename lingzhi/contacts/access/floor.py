"""What of the floor somebody may touch."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.access.calls import FLOOR, SERVE, require
from lingzhi.contacts.access.chats import CHAT
from lingzhi.contacts.models import BreakReason, BreakRequest, RaisedHand, Surge
from lingzhi.contacts.queries.floor import (
    break_reasons_seen_by,
    breaks_at,
    hands,
    open_requests,
    surges_of,
)
from lingzhi.core.clock import today
from lingzhi.org.queries import assignments_on, people_visible_to, reach, team_of


def require_desk(user: User) -> None:
    """Raise PermissionDenied unless the person serves calls or chats."""
    if not (user.can(SERVE) or user.can(CHAT)):
        raise PermissionDenied


def agent_to_force(user: User, pk: int) -> User:
    """An agent of one's reach, to be put into a state."""
    require(user, FLOOR)
    agents = assignments_on(today()).filter(role="agent").values("person")
    found = people_visible_to(user, FLOOR).filter(pk=pk, pk__in=agents).exclude(pk=user.pk).first()
    if found is None:
        raise Http404
    return found


def request_to_decide(user: User, pk: int) -> BreakRequest:
    """A break that waits for this leader's word."""
    require(user, FLOOR)
    found = open_requests(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def hand_to_answer(user: User, pk: int) -> RaisedHand:
    """A raised hand within reach."""
    require(user, FLOOR)
    found = hands(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def hand_to_lower(user: User, pk: int) -> RaisedHand:
    """One's own raised hand."""
    require(user, SERVE)
    found = RaisedHand.objects.filter(pk=pk, person=user).first()
    if found is None:
        raise Http404
    return found


def reason_to_take(user: User, pk: int) -> BreakReason:
    """A reason that agents may take a break for."""
    require_desk(user)
    return _one_of(breaks_at(team_of(user, today())), pk)


def reason_to_change(user: User, pk: int) -> BreakReason:
    """A reason of a unit within reach; that of one above is seen and not changed."""
    require(user, FLOOR)
    seen = dict(break_reasons_seen_by(user))
    found = _one_of(seen, pk)
    if not seen[found]:
        raise PermissionDenied
    return found


def _one_of(reasons: Iterable[BreakReason], pk: int) -> BreakReason:
    found = next((one for one in reasons if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def surge_to_read(user: User, pk: int) -> Surge:
    """Something that was announced to this person, or by whom one leads with."""
    found = surges_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def surge_to_end(user: User, pk: int) -> Surge:
    """One that this leader may call over."""
    found = surge_to_read(user, pk)
    if not user.can(FLOOR) or not reach(user, FLOOR).covers(found.unit, found.told_by_id):
        raise PermissionDenied
    return found
