"""When a customer may be called: times of day, on working days only where a rule says so."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lingzhi.cases.models import FollowUpRule
from lingzhi.org.models import Calendar, Unit
from lingzhi.org.queries import business_calendar, calendar_of
from lingzhi_engine.clock import BusinessCalendar, NotPublished, Slot, parse_slots

DAYS = 30  # far enough for every holiday
ANOTHER_HOUR = timedelta(hours=4)
NOON = 13


class Windows:
    """Times to call by rule; each calendar is read once: keep it while you work through rows."""

    def __init__(self) -> None:
        self._known: dict[int, BusinessCalendar] = {}

    def next_time(self, rule: FollowUpRule, unit: Unit | None, moment: datetime) -> datetime:
        """The first moment from `moment` on at which one may call; `moment` where that is open.

        A day that the calendar does not know counts as one on which people may be called.
        """
        slots = parse_slots(rule.windows)
        calendar = self._of(calendar_of(unit)) if rule.on_working_days else None
        local = timezone.localtime(moment)
        for ahead in range(DAYS):
            day = local.date() + timedelta(days=ahead)
            if calendar is not None and not _is_worked(calendar, day):
                continue
            for slot in slots:
                found = max(local, _at(day, slot.start))
                if found < _at(day, slot.end):
                    return found
        return moment

    def is_open(self, rule: FollowUpRule, unit: Unit | None, moment: datetime) -> bool:
        """Whether one may call at `moment`."""
        return self.next_time(rule, unit, moment) <= moment

    def _of(self, calendar: Calendar | None) -> BusinessCalendar | None:
        if calendar is None:
            return None
        if calendar.pk not in self._known:
            self._known[calendar.pk] = business_calendar(calendar)
        return self._known[calendar.pk]


def another_time(tried_at: datetime) -> datetime:
    """About when to try again: on another day, and at another time of that day (错时再访)."""
    local = timezone.localtime(tried_at)
    shift = ANOTHER_HOUR if local.hour < NOON else -ANOTHER_HOUR
    return local + timedelta(days=1) + shift


def _at(day: date, minutes: int) -> datetime:
    whole, rest = divmod(minutes, 24 * 60)
    clock = datetime.combine(day + timedelta(days=whole), time(rest // 60, rest % 60))
    return timezone.make_aware(clock)


def _is_worked(calendar: BusinessCalendar, day: date) -> bool:
    try:
        return bool(calendar.slots_on(day))
    except NotPublished:
        return True


def is_windows(text: str) -> bool:
    """Whether a text names times to call, such as `09:00-12:00,14:00-20:00`."""
    try:
        found: tuple[Slot, ...] = parse_slots(text)
    except ValueError:
        return False
    return bool(found)
