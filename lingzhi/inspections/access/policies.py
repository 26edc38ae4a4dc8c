"""The settings of human inspection: who sets them, and where; everybody may read them."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import POLICY, require
from lingzhi.inspections.queries.policies import site_of, sites
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, units_visible_to


def sites_to_set(user: User) -> QuerySet[Unit]:
    """The sites whose settings this person may change."""
    require(user, POLICY)
    return sites(units_visible_to(user, POLICY))


def site_to_set(user: User, pk: int) -> Unit:
    """A site whose settings this person may change."""
    require(user, POLICY)
    unit = sites().filter(pk=pk).first()
    if unit is None:
        raise Http404
    if not reach(user, POLICY).covers(unit, None):
        raise PermissionDenied
    return unit


def site_to_read(user: User, pk: int | None = None) -> Unit:
    """A site whose rules of monitoring are shown: the person's own where none is named."""
    unit = site_of(user) if pk is None else sites().filter(pk=pk).first()
    if unit is None:
        raise Http404
    return unit
