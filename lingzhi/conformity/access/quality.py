"""Who sees what is wrong with data, and who decides about it."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.conformity.access.figures import require
from lingzhi.conformity.models import DataFlaw
from lingzhi.core.quality import quality_checks
from lingzhi.improvement.queries.people import START
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach


def flaw_to_read(user: User, pk: int) -> DataFlaw:
    """A flaw of a check that still exists; it names nobody's data, so whoever reads sees all."""
    require(user)
    rows = DataFlaw.objects.select_related("owner", "changed_by").filter(code__in=quality_checks())
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_decide(user: User, flaw: DataFlaw) -> bool:
    """Who starts improvement in the unit that answers for it."""
    return user.can(START) and reach(user, START).covers(flaw.owner, None)


def flaw_to_decide(user: User, pk: int) -> DataFlaw:
    found = flaw_to_read(user, pk)
    if not may_decide(user, found):
        raise PermissionDenied
    return found


def owners(user: User) -> QuerySet[Unit]:
    """The units to which this person may give a flaw."""
    return reach(user, START).units.filter(closed_at=None).order_by("path")
