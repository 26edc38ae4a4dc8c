"""What is worth knowing about the limits in force: looser where urgent, unequal by channel."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import product

from django.db.models import QuerySet
from django.utils import timezone

from lingzhi.cases.models import ClockRule
from lingzhi.cases.models.types import CaseClass
from lingzhi.cases.queries.calendars import compiled, written
from lingzhi.core.clock import today
from lingzhi.org.models import Calendar
from lingzhi.org.queries import calendar_of, in_force
from lingzhi_engine.clock import NotPublished, WorkingTime

DAYS, TIMES = 14, (time(9, 30), time(13), time(17, 30))


@dataclass(frozen=True, slots=True)
class Warned:
    """Two limits that contradict what one expects of them: `looser` is due after `stricter`."""

    code: str
    looser: ClockRule
    stricter: ClockRule
    begins: datetime | None = None
    looser_due: datetime | None = None
    stricter_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """When a case that begins then would be due; None where the calendar is not published."""

    begins: datetime
    due: datetime | None


def all_versions() -> QuerySet[ClockRule]:
    """Every limit there is or was, the newest version of each first."""
    rows = ClockRule.objects.select_related("channel", "type", "segment", "holds_in")
    return rows.order_by("kind", "code", "-number")


def limits_on_or_after_today() -> QuerySet[ClockRule]:
    """Limits that hold today or will."""
    day = today()
    return all_versions().filter(in_force(day)) | all_versions().filter(from_on__gt=day)


def business_time() -> WorkingTime | None:
    """The time of the default calendar, to compare limits by."""
    calendar: Calendar | None = calendar_of(None)
    return compiled(written(calendar)) if calendar else None


def examples(rule: ClockRule) -> list[Example]:
    """When it would be due for a begin in the morning, before closing, and on a Friday evening."""
    found = business_time()
    if found is None:
        return []
    starts = list(_starts())
    friday = next(one for one in reversed(starts) if one.weekday() == 4 and one.hour == 17)
    return [Example(at, due_of(rule, at, found)) for at in (starts[0], starts[2], friday)]


def due_of(rule: ClockRule, at: datetime, found: WorkingTime) -> datetime | None:
    """When it is over by this calendar; None where that is not known."""
    try:
        return rule.limit.due(at, found)
    except NotPublished:
        return None


def warnings(rules: Iterable[ClockRule]) -> list[Warned]:
    """Urgent limits looser than ordinary ones, and limits that differ by channel."""
    found = business_time()
    rows = list(rules)
    if found is None:
        return []
    return [*_looser_urgent(rows, found), *_unequal_channels(rows, found)]


def _looser_urgent(rows: list[ClockRule], found: WorkingTime) -> Iterator[Warned]:
    urgent = [one for one in rows if one.case_class == CaseClass.URGENT]
    ordinary = [one for one in rows if one.case_class in ("", CaseClass.ROUTINE)]
    for one, other in product(urgent, ordinary):
        if one.kind == other.kind and _beside_class(one) == _beside_class(other):
            yield from _later("urgent", one, other, found)


def _unequal_channels(rows: list[ClockRule], found: WorkingTime) -> Iterator[Warned]:
    groups: dict[object, list[ClockRule]] = defaultdict(list)
    for one in rows:
        groups[one.kind, one.case_class, *_beside_channel(one)].append(one)
    for group in groups.values():
        named = [one for one in group if one.channel_id]
        for one in named:
            others = [other for other in group if other.channel_id != one.channel_id]
            for other in others:
                yield from _later("channels", one, other, found)
                if not other.channel_id:
                    yield from _later("channels", other, one, found)


def _later(code: str, one: ClockRule, other: ClockRule, found: WorkingTime) -> Iterator[Warned]:
    """At most one example in which `one` is due after `other`."""
    for at in _starts():
        first, second = due_of(one, at, found), due_of(other, at, found)
        if first and second and first > second:
            yield Warned(code, one, other, at, first, second)
            return


def _beside_class(rule: ClockRule) -> tuple[object, ...]:
    return rule.channel_id, *_beside_channel(rule)


def _beside_channel(rule: ClockRule) -> tuple[object, ...]:
    return rule.type_id, rule.level, rule.segment_id, rule.holds_in_id


def _starts() -> Iterator[datetime]:
    zone = timezone.get_default_timezone()
    for number, at in product(range(DAYS), TIMES):
        yield datetime.combine(today() + timedelta(days=number), at, zone)
