"""Periods counted back from the last day that has data, not from today."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from lingzhi.contacts.models import Contact


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `from_on` to `to_on`, both included; None on both sides is everything."""

    from_on: date | None = None
    to_on: date | None = None

    @property
    def days(self) -> int:
        """How many days; 0 for everything."""
        return (self.to_on - self.from_on).days + 1 if self.from_on and self.to_on else 0


def last_days(rows: QuerySet[Contact], days: int) -> Period:
    """The last `days` days up to the newest of `rows`; everything where no time is known."""
    newest = rows.aggregate(newest=Max("started_at"))["newest"]
    if newest is None or days <= 0:
        return Period()
    end = timezone.localdate(newest)
    return Period(end - timedelta(days=days - 1), end)
