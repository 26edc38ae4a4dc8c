"""What facts of every kind can be told apart by: time, unit, person, channel."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_words
from lingzhi.org.models import Unit
from lingzhi.reports.facts.table import Axis

PLACES = {
    "hour": pa.int8(),
    "unit": pa.int64(),
    "agent": pa.int64(),
    "channel": pa.string(),
}
ABOVE = "(SELECT above.{level} FROM units AS above WHERE above.id = unit)"


def named(rows: Callable[[Iterable[Any]], QuerySet[Any]]) -> Callable[..., Mapping[Any, str]]:
    """The words of rows by their keys, in the order of the rows."""
    return lambda values: {one.pk: str(one) for one in rows([v for v in values if v is not None])}


def listed(choices: Iterable[tuple[Any, Any]]) -> Callable[..., Mapping[Any, str]]:
    """The words of a fixed list of choices."""
    return lambda _values: {code: str(words) for code, words in choices}


def _days(values: Iterable[date | None]) -> Mapping[date, str]:
    return {day: day.isoformat() for day in sorted(day for day in values if day)}


def _weeks(values: Iterable[date | None]) -> Mapping[date, str]:
    days = sorted(day for day in values if day)
    return {day: _("Week of %(day)s") % {"day": day.isoformat()} for day in days}


def _months(values: Iterable[date | None]) -> Mapping[date, str]:
    return {day: date_format(day, "YEAR_MONTH_FORMAT") for day in sorted(d for d in values if d)}


def _weekdays(_values: Iterable[int | None]) -> Mapping[int, str]:
    return {number + 1: str(words) for number, words in WEEKDAYS.items()}


def _hours(_values: Iterable[int | None]) -> Mapping[int, str]:
    return {hour: f"{hour:02}:00" for hour in range(24)}


def _people(values: Iterable[int | None]) -> Mapping[int, str]:
    rows = User.objects.filter(pk__in=[pk for pk in values if pk]).order_by("staff_no")
    return {one.pk: f"{one.name} {one.staff_no}" for one in rows}


def _units(keys: Iterable[int]) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=list(keys)).order_by("path")


TIMES = (
    Axis("day", gettext_lazy("Day"), "day", _days),
    Axis("week", gettext_lazy("Week"), "CAST(date_trunc('week', day) AS DATE)", _weeks),
    Axis("month", gettext_lazy("Month"), "CAST(date_trunc('month', day) AS DATE)", _months),
    Axis("weekday", gettext_lazy("Day of the week"), "isodow(day)", _weekdays),
)
HOUR = Axis("hour", gettext_lazy("Hour of the day"), "hour", _hours)
CENTRE = Axis("centre", gettext_lazy("Centre"), ABOVE.format(level="centre"), named(_units))
DEPARTMENT = Axis(
    "department", gettext_lazy("Department"), ABOVE.format(level="department"), named(_units)
)
UNIT = Axis("unit", gettext_lazy("Team"), "unit", named(_units))
AGENT = Axis("agent", gettext_lazy("Agent"), "agent", _people, is_person=True)
CHANNEL = Axis("channel", gettext_lazy("Channel"), "channel", lambda _values: channel_words())
USUAL = (*TIMES, HOUR, CENTRE, DEPARTMENT, UNIT, AGENT, CHANNEL)


def units_above() -> pa.Table:
    """Each unit with the centre and the department it lies in, itself included."""
    units = {one.pk: one for one in Unit.objects.all()}
    rows = []
    for unit in units.values():
        over = [units[int(pk)] for pk in unit.path.strip("/").split("/")]
        levels = {one.kind: one.pk for one in over}
        rows.append(
            {
                "id": unit.pk,
                "centre": levels.get(Unit.Kind.CENTRE),
                "department": levels.get(Unit.Kind.DEPARTMENT),
            }
        )
    kinds = [("id", pa.int64()), ("centre", pa.int64()), ("department", pa.int64())]
    return pa.Table.from_pylist(rows, schema=pa.schema(kinds))
