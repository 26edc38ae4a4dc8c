"""Days as they change: whoever adds up a day can tell whether its sums still hold.

Whatever changes what figures read of a contact says so in the same transaction, at its end: the
row of a day is locked until then. Sums remember how many changes a day had before they were read;
they hold as long as it has no more.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from lingzhi.contacts.models import Contact, Day

UNDATED = date.min  # the day of contacts whose time is not known


def day_of_moment(moment: datetime | None) -> date:
    """The day in the organisation's zone."""
    return timezone.localdate(moment) if moment else UNDATED


def touch_days(moments: Iterable[datetime | None]) -> None:
    """Something changed about contacts that began at these moments."""
    days = sorted({day_of_moment(moment) for moment in moments})
    Day.objects.bulk_create((Day(day=day) for day in days), ignore_conflicts=True)
    for day in days:  # in one order, so that two writers never wait for each other
        Day.objects.filter(day=day).update(changes=F("changes") + 1)


def moments_of(rows: QuerySet[Contact]) -> Iterable[datetime | None]:
    """When contacts began."""
    return rows.order_by().values_list("started_at", flat=True).iterator()
