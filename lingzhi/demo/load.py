"""How much work one head of the demo centre may have."""

from datetime import timedelta

from lingzhi.contacts.models import LoadRange
from lingzhi.contacts.services.load import Bounds, set_load_range
from lingzhi.core.clock import today
from lingzhi.org.models import Unit

REASON = "按上季度话务量与排班测算"


def seed_load() -> None:
    """A range for the centre by day and by hour, once narrowed."""
    centre = Unit.objects.filter(kind="centre").first()
    if centre is None or LoadRange.objects.exists():
        return
    for ago, per, low, high in ((120, "day", 30, 80), (30, "day", 35, 70), (30, "hour", 4, 10)):
        begin = today() - timedelta(days=ago)
        set_load_range(centre, Bounds(per, low, high), from_on=begin, reason=REASON, by=None)
