"""The tree of units."""

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.queries.scope import reach


def open_units() -> QuerySet[Unit]:
    """Units that are not closed, in the order of the tree."""
    return Unit.objects.filter(closed_at=None).order_by("path")


def step_of(pk: int) -> str:
    """How a unit stands in the paths of what is below it.

    In six digits, so that units come in the order they were made: 10 after 9.
    """
    return f"/{pk:06}/"


def paths_to(path: str) -> list[str]:
    """The path itself and those of every unit above it, the root first."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)]


def unit_tree(*, with_closed: bool = False) -> QuerySet[Unit]:
    """All units with head, quality representative and the number of people assigned today.

    `members` counts people once, however many roles they hold at this very unit.
    """
    day = today()
    is_current = Q(assignments__to_on__isnull=True) | Q(assignments__to_on__gte=day)
    is_current &= Q(assignments__from_on__lte=day)
    rows = Unit.objects.select_related("owner", "quality_representative", "calendar")
    if not with_closed:
        rows = rows.filter(closed_at=None)
    members = Count("assignments__person", filter=is_current, distinct=True)
    return rows.annotate(members=members).order_by("path")


def units_visible_to(user: User, capability: str) -> QuerySet[Unit]:
    """Open units within reach of `capability`."""
    found = Q(pk__in=[])
    for path in reach(user, capability).paths:
        found |= Q(path__startswith=path)
    return open_units().filter(found)
