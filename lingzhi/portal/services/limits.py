"""How much one address, and everybody together, may send."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import now
from lingzhi.core.encryption import blind
from lingzhi.core.errors import DomainError
from lingzhi.core.rest.limits import Limits
from lingzhi.portal.models import PortalSettings, Submission

HOUR = timedelta(hours=1)
LOOKS, LOOKS_IN_ALL = 90, 3000  # pages a minute of one address, and of all
ALL = "*"

looks = Limits()


class TooMany(DomainError):
    message = _("Too much was sent at once. Please try again in an hour, or call us.")


def take_look(address: str) -> None:
    """One page more for this address. Raises TooManyCalls."""
    looks.take(address, LOOKS)
    looks.take(ALL, LOOKS_IN_ALL)


def keyed(address: str) -> str:
    """What is kept of an address: it can be told from others, and nobody can read it."""
    return blind(address, "portal.address")


def require_room(portal: PortalSettings, address: str) -> None:
    """Raise TooMany where an hour's matters of this address, or of all, were taken. Counted in
    the database, so that it holds over all processes."""
    rows = Submission.objects.filter(sent_at__gt=now() - HOUR)
    own = rows.filter(address=keyed(address)).count()
    if own >= portal.per_address or rows.count() >= portal.in_total:
        raise TooMany()
