"""Business calendars: week, special dates, published years."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import FIRST_DAY, LAST_DAY
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.org.models import Calendar, Opening, SpecialDate
from lingzhi.org.models.calendars import working_times
from lingzhi_engine.clock import NotPublished, UnknownCountry, special_days

UNPUBLISHED = date(1970, 1, 1)
WORDS = {
    True: {"work", "workday", "1", "yes", "班", "上班", "工作日", "调休"},
    False: {"off", "holiday", "0", "no", "休", "放假", "休息", "节假日"},
}


class CountryNotKnown(DomainError):
    message = gettext_lazy("The holidays of this country are not known. Import them from a file.")


class YearNotAnnounced(DomainError):
    message = gettext_lazy(
        "The make-up workdays of this year are not known yet. Import them, then publish."
    )


class YearOutOfOrder(DomainError):
    message = gettext_lazy("Years are published one after the other.")


@transaction.atomic
def create_calendar(*, name: str, country: str, zone: str, by: User | None) -> Calendar:
    """A calendar without openings or published years; the first one becomes the default."""
    is_first = not Calendar.objects.exists()
    calendar = Calendar(name=name, country=country, zone=zone, is_default=is_first)
    calendar.full_clean()
    calendar.save()
    record(by, "org.calendar_created", calendar, after={"country": country, "zone": zone})
    return calendar


@transaction.atomic
def set_week(calendar: Calendar, slots: dict[int, str], *, by: User | None) -> None:
    """Working times by weekday (0 = Monday), written like `09:00-12:00, 13:30-18:00`."""
    before = dict(calendar.openings.values_list("weekday", "slots"))
    after = {weekday: text.strip() for weekday, text in slots.items() if text.strip()}
    calendar.openings.all().delete()
    for weekday, text in after.items():
        opening = Opening(calendar=calendar, weekday=weekday, slots=text)
        opening.full_clean()
        opening.save()
    record(by, "org.calendar_week_set", calendar, before=_keyed(before), after=_keyed(after))


def _keyed(slots: dict[int, str]) -> dict[str, str]:
    return {str(weekday): text for weekday, text in slots.items()}


@transaction.atomic
def load_year(calendar: Calendar, year: int, *, by: User | None) -> int:
    """Take the announced holidays and make-up workdays of `year` and publish it; how many days.

    Dates that were changed by hand or from a file stay as they are. Raises YearNotAnnounced.
    """
    try:
        announced = special_days(calendar.country, year)
    except NotPublished as problem:
        raise YearNotAnnounced() from problem
    except UnknownCountry as problem:
        raise CountryNotKnown() from problem
    own = set(
        calendar.special_dates.filter(day__year=year)
        .exclude(source=SpecialDate.Source.PUBLISHED)
        .values_list("day", flat=True)
    )
    _of_year(calendar, year).filter(source=SpecialDate.Source.PUBLISHED).delete()
    SpecialDate.objects.bulk_create(
        SpecialDate(
            calendar=calendar,
            day=special.day,
            is_worked=special.is_worked,
            name=special.name[:60],
            source=SpecialDate.Source.PUBLISHED,
        )
        for special in announced
        if special.day not in own
    )
    publish_year(calendar, year, by=by)
    return len(announced)


def _of_year(calendar: Calendar, year: int):  # type: ignore[no-untyped-def]
    return calendar.special_dates.filter(day__year=year)


@transaction.atomic
def publish_year(calendar: Calendar, year: int, *, by: User | None) -> None:
    """From now on the calendar answers for `year`, which must adjoin the published years."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if calendar.published_until == UNPUBLISHED:
        calendar.published_from, calendar.published_until = first, last
    elif year == calendar.published_until.year + 1:
        calendar.published_until = last
    elif year == calendar.published_from.year - 1:
        calendar.published_from = first
    elif not calendar.published_from <= first <= calendar.published_until:
        raise YearOutOfOrder()
    calendar.save(update_fields=["published_from", "published_until"])
    record(by, "org.calendar_published", calendar, after={"year": year})


@transaction.atomic
def change_day(
    calendar: Calendar,
    day: date,
    *,
    is_worked: bool,
    slots: str = "",
    name: str = "",
    by: User | None,
    source: str = SpecialDate.Source.HAND,
) -> SpecialDate:
    """Make one day a working day (with times of its own, or the ordinary ones) or a free day."""
    row = calendar.special_dates.filter(day=day).first() or SpecialDate(calendar=calendar, day=day)
    before = _stated(row) if row.pk else {}
    row.is_worked, row.slots, row.name = is_worked, slots if is_worked else "", name
    row.source = source
    row.full_clean()
    row.save()
    record(by, "org.calendar_day_changed", calendar, before=before, after=_stated(row))
    return row


@transaction.atomic
def restore_day(calendar: Calendar, day: date, *, by: User | None) -> None:
    """The day follows its weekday again."""
    calendar.special_dates.filter(day=day).delete()
    record(by, "org.calendar_day_restored", calendar, after={"day": str(day)})


def _stated(row: SpecialDate) -> dict[str, object]:
    return {"day": str(row.day), "is_worked": row.is_worked, "slots": row.slots}


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of a calendar file."""

    day: date
    is_worked: bool
    slots: str = ""
    name: str = ""


def read_days(text: str) -> list[DayLine]:
    """Lines `day, work|off, times, name` of a CSV file. Raises BadInput with row and field."""
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    return [
        _day_line(number, [cell.strip() for cell in row])
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row) and not _is_heading(number, row)
    ]


def _is_heading(number: int, row: list[str]) -> bool:
    return number == 1 and not row[0].strip()[:1].isdigit()


def _day_line(number: int, cells: list[str]) -> DayLine:
    day, kind, slots, name = (*cells, "", "", "")[:4]
    try:
        found = date.fromisoformat(day.replace("/", "-"))
        if not FIRST_DAY <= found <= LAST_DAY:
            raise ValueError(day)
    except ValueError as problem:
        raise BadInput(_("“%s” is no date.") % day, field="day", row=number) from problem
    is_worked = next((side for side, words in WORDS.items() if kind.lower() in words), None)
    if is_worked is None:
        raise BadInput(_("“%s” is neither work nor off.") % kind, field="kind", row=number)
    try:
        working_times(slots)
    except ValidationError as problem:
        raise BadInput(problem.messages[0], field="slots", row=number) from problem
    return DayLine(found, is_worked, slots if is_worked else "", name[:60])


@transaction.atomic
def import_days(calendar: Calendar, lines: Iterable[DayLine], *, by: User | None) -> int:
    """Put the days of a file into the calendar, all or none; how many."""
    count = 0
    for line in lines:
        SpecialDate.objects.update_or_create(
            calendar=calendar,
            day=line.day,
            defaults={
                "is_worked": line.is_worked,
                "slots": line.slots,
                "name": line.name,
                "source": SpecialDate.Source.FILE,
            },
        )
        count += 1
    record(by, "org.calendar_imported", calendar, after={"days": count})
    return count


def import_day_file(calendar: Calendar, path: Path, *, by: User | None) -> int:
    """The days of a CSV file (`CALENDAR_FILE`); the years it names in order are published."""
    lines = read_days(path.read_text(encoding="utf-8-sig"))
    with transaction.atomic():
        count = import_days(calendar, lines, by=by)
        for year in sorted({line.day.year for line in lines}):
            if year == calendar.published_until.year + 1:
                publish_year(calendar, year, by=by)
    return count
