"""The settings of human inspection that hold for a unit."""

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import Policy
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, paths_to, team_of

SITES = (Unit.Kind.COMPANY, Unit.Kind.CENTRE, Unit.Kind.OUTSOURCER)


def policy_of(unit: Unit | None) -> Policy:
    """The settings of the nearest unit above (or this one) that has any, else the defaults.

    The defaults come as a row that is not stored.
    """
    if unit is not None:
        rows = Policy.objects.filter(unit__path__in=paths_to(unit.path))
        rows = rows.select_related("unit", "changed_by")
        nearest = max(rows, key=lambda one: len(one.unit.path), default=None)
        if nearest is not None:
            return nearest
    return Policy()


def sites(rows: QuerySet[Unit] | None = None) -> QuerySet[Unit]:
    """Open units that may have settings of their own: the company, its centres, outsourcers."""
    return (open_units() if rows is None else rows).filter(kind__in=SITES).order_by("path")


def site_of(user: User) -> Unit | None:
    """The site a person works at; the company for who works nowhere."""
    own = team_of(user, today())
    rows = sites()
    if own is not None:
        found = rows.filter(path__in=paths_to(own.path)).order_by("-path").first()
        if found is not None:
            return found
    return rows.first()
