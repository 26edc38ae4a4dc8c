"""Counting in the background."""

from datetime import timedelta

from lingzhi.core.clock import today
from lingzhi.jobs.services import later
from lingzhi.kpis import services
from lingzhi.kpis.queries import definitions


def count_stale() -> None:
    """Count the days whose cases changed; repeated, it counts nothing twice."""
    services.count_stale()


def count_recent() -> None:
    """Every night: count the last days again, and look for what moved."""
    services.count_recent()
    services.watch_up_to(today() - timedelta(days=1))


def escalate_alerts() -> None:
    """Every morning: tell who stands above of alerts that nobody took."""
    services.escalate_alerts()


def count_past(definition_id: int) -> None:
    """Give a new definition its past."""
    services.count_past(definitions().get(pk=definition_id))
    later("conformity.count", queue="long")


def publish_due() -> None:
    """Every morning: publish the last month once its day has come; tell of late data."""
    services.publish_due()
    services.tell_of_late_data()
