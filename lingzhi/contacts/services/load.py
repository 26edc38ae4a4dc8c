"""Setting how much work one head may have."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import LoadRange
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Unit


@dataclass(frozen=True, slots=True)
class Bounds:
    """The range asked for: contacts for each agent and day, or hour at work."""

    per: str
    low: float
    high: float


@transaction.atomic
def set_load_range(
    unit: Unit, bounds: Bounds, *, from_on: date, reason: str, by: User | None
) -> LoadRange:
    """From a day on this range holds in the unit; the one before ends the day before."""
    if bounds.high <= bounds.low:
        raise BadInput(_("The upper end must lie above the lower one."), field="high")
    same = LoadRange.objects.select_for_update().filter(unit=unit, per=bounds.per, to_on=None)
    if same.filter(from_on__gte=from_on).exists():
        raise BadInput(_("A later range is there already."), field="from_on")
    same.update(to_on=from_on - timedelta(days=1))
    found = LoadRange.objects.create(
        unit=unit, per=bounds.per, low=bounds.low, high=bounds.high, from_on=from_on,
        reason=reason, set_at=now(), set_by=by,
    )  # fmt: skip
    after = {"per": bounds.per, "low": bounds.low, "high": bounds.high, "from_on": str(from_on)}
    record(by, "contacts.load_range_set", found, after=after, reason=reason)
    return found
