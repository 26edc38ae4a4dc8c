"""Closing months, and correcting what was closed: whoever re-checks, never about oneself."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.reviews import review_to_look_over
from lingzhi.inspections.access.rights import RECHECK, require
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.policies import sites
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, units_visible_to


def sites_to_close(user: User) -> QuerySet[Unit]:
    """The sites whose months this person may close."""
    require(user, RECHECK)
    return sites(units_visible_to(user, RECHECK))


def site_to_close(user: User, pk: int) -> Unit:
    """A site whose months this person may close."""
    require(user, RECHECK)
    unit = sites().filter(pk=pk).first()
    if unit is None:
        raise Http404
    if not reach(user, RECHECK).covers(unit, None):
        raise PermissionDenied
    return unit


def review_to_correct(user: User, pk: int) -> Review:
    """A score of a closed month that somebody else gave, and not about oneself."""
    return review_to_look_over(user, pk)
