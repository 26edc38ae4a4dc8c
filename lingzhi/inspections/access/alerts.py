"""Who sees alerts and sets their limits: who leads the floor."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import require
from lingzhi.inspections.models import Alert, AlertLimit
from lingzhi.inspections.queries.alerts import FLOOR, alerts_visible_to, limits_seen_by


def alert_to_answer(user: User, pk: int) -> Alert:
    """An alert about somebody else's conversation within reach."""
    require(user, FLOOR)
    found = alerts_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def limit_to_change(user: User, pk: int) -> AlertLimit:
    """Limits of a unit within reach; those of one above are seen and not changed."""
    require(user, FLOOR)
    seen = {one.pk: (one, is_mine) for one, is_mine in limits_seen_by(user)}
    if pk not in seen:
        raise Http404
    found, is_mine = seen[pk]
    if not is_mine:
        raise PermissionDenied
    return found
