"""Counting in the background."""

from lingzhi.conformity import services
from lingzhi.jobs.services import later


def count(days: int = services.SEALED_AFTER_DAYS) -> None:
    """Count the last days of every control anew, each kind by itself: one that fails stops none."""
    for kind in services.counted_kinds():
        later("conformity.count_kind", queue="long", kind=kind, days=days)


def count_kind(kind: str, days: int) -> None:
    """Count one kind of control; repeated, it gives the same rows."""
    services.count_kind(kind, days=days)


def count_recent() -> None:
    """Through the day: the days that still move."""
    count(days=2)
