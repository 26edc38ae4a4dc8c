"""Who sees how well which rulebook is kept: object and right in one step.

Figures are shown for units within one's reach: a team leader sees the own team's.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.conformity.queries.pilots import units_of_pilot
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi.rulebook.models import Regulation, Version
from lingzhi.rulebook.queries import regulations_visible_to, version_in_force, versions_visible_to

READ, WRITE = "conformity.read", "rulebook.write"
FIGURES = "kpis.read"  # what a pilot changed is read off the indicators


def require(user: User, capability: str = READ) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def require_writer_of_all(user: User) -> None:
    """403 unless this person writes the rules of every unit that has a regulation."""
    require(user)
    mine = reach(user, WRITE)
    bound = Unit.objects.filter(regulations__isnull=False).distinct()
    is_writer = bound.exists() and all(mine.covers(unit, None) for unit in bound)
    if not (mine.is_everything or is_writer):
        raise PermissionDenied


def units_of(user: User, regulation: Regulation) -> QuerySet[Unit]:
    """The units a regulation binds that are within reach, those of the top first."""
    found = Q(pk__in=[])
    for path in reach(user, READ).paths:
        found |= Q(path__startswith=path)
    bound = Unit.objects.filter(found, path__startswith=regulation.unit.path)
    return bound.filter(Q(closed_at=None) | Q(pk=regulation.unit_id)).order_by("path")


def regulations_for(user: User) -> list[Regulation]:
    """The regulations with figures for somebody within reach, in the order of the tree."""
    require(user)
    rows = regulations_visible_to(user).filter(
        pk__in=Version.objects.filter(approved_at__isnull=False).values("regulation")
    )
    return [one for one in rows if units_of(user, one).exists()]


def regulation_to_read(user: User, pk: int) -> Regulation:
    """A regulation that binds a unit within reach."""
    require(user)
    regulation = regulations_visible_to(user).filter(pk=pk).first()
    if regulation is None or not units_of(user, regulation).exists():
        raise Http404
    return regulation


def pilot_to_read(user: User, pk: int) -> Version:
    """A pilot that began, wholly in units whose figures this person may see."""
    require(user)
    require(user, FIGURES)
    found = versions_visible_to(user).filter(pk=pk, pilot_until__isnull=False).first()
    if found is None or found.applied_at is None or not may_judge(user, found):
        raise Http404
    return found


def may_judge(user: User, pilot: Version) -> bool:
    """Whether all its units are within reach: it has one figure for all of them."""
    both = [reach(user, one) for one in (READ, FIGURES)]
    units = units_of_pilot(pilot, pilot.regulation)
    return all(one.covers(unit, None) for unit in units for one in both)


def version_to_show(regulation: Regulation) -> Version:
    """The version in force, else the next to come, else the last there was; 404 without any."""
    found = version_in_force(regulation)
    if found is None:
        rows = regulation.versions.filter(approved_at__isnull=False)
        coming = rows.filter(withdrawn_at=None, ended_on=None).order_by("pilot_until")
        found = coming.first() or rows.order_by("-number").first()
    if found is None:
        raise Http404
    found.regulation = regulation
    return found
