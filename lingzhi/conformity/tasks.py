"""Counting in the background."""

from datetime import timedelta

from lingzhi.conformity import services
from lingzhi.core.clock import now
from lingzhi.jobs.services import later

WAIT_MINUTES = 5  # until the kinds that were queued are counted


def count(days: int = services.SEALED_AFTER_DAYS) -> None:
    """Count the last days of every control anew, each kind by itself: one that fails stops none."""
    for kind in services.counted_kinds():
        later("conformity.count_kind", queue="long", kind=kind, days=days)
    after = now() + timedelta(minutes=WAIT_MINUTES)
    later("conformity.keep_baselines", queue="long", run_after=after)


def count_kind(kind: str, days: int) -> None:
    """Count one kind of control; repeated, it gives the same rows."""
    services.count_kind(kind, days=days)


def count_recent() -> None:
    """Through the day: the days that still move."""
    for kind in services.counted_kinds():
        later("conformity.count_kind", queue="long", kind=kind, days=2)


def keep_baselines() -> None:
    """Keep what was found before the pilots that began; once for each."""
    services.keep_baselines()
