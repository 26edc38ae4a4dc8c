"""What surveys say is seen by whoever may see answers, of the units within reach."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to
from lingzhi.surveys.access.rights import READ, require

SIGNALS = "inspections.recheck"


def units_to_read(user: User, capability: str = READ) -> list[Unit]:
    """The units whose answers this person may see."""
    require(user, capability)
    return list(units_visible_to(user, capability))


def unit_to_tell(user: User, pk: int) -> Unit:
    """A unit within reach whose responsible people are told of a weak link."""
    for unit in units_to_read(user):
        if unit.pk == pk:
            return unit
    raise Http404
