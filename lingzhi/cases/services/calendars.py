"""Keeping what a calendar said, so that ledgers can be replayed after it was changed."""

from lingzhi.cases.models import CalendarVersion
from lingzhi.cases.queries.calendars import only_adds_days, written
from lingzhi.core.clock import now
from lingzhi.org.models import Calendar


def version_of(calendar: Calendar) -> CalendarVersion:
    """The version that says what the calendar says now; a new one where days were changed."""
    content = written(calendar)
    last = _last(calendar)
    if last is not None and last.content == content:
        return last
    if last is not None and only_adds_days(last.content, content):
        CalendarVersion.objects.filter(pk=last.pk).update(content=content)
        last.content = content
        return last
    number = last.number + 1 if last else 1
    row = CalendarVersion(calendar=calendar, number=number, content=content, known_at=now())
    CalendarVersion.objects.bulk_create([row], ignore_conflicts=True)
    return CalendarVersion.objects.get(calendar=calendar, number=number)


def _last(calendar: Calendar) -> CalendarVersion | None:
    return CalendarVersion.objects.filter(calendar=calendar).order_by("-number").first()
