from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from lingzhi.audit.models import Entry
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Calendar
from lingzhi.org.queries import business_calendar
from lingzhi.org.services import (
    assign_role,
    create_calendar,
    load_year,
    publish_year,
    refresh_calendars,
    set_week,
)


def at(year, month, day):
    return time_machine.travel(
        datetime(year, month, day, 3, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False
    )


@pytest.fixture
def calendar(cast) -> Calendar:
    found = create_calendar(name="工作日", country="CN", zone="Asia/Shanghai", by=cast.sol)
    set_week(found, {0: "09:00-18:00"}, by=cast.sol)
    load_year(found, 2024, by=cast.sol)
    return found


def until(calendar) -> date:
    return Calendar.objects.get(pk=calendar.pk).published_until


def test_an_announced_year_is_taken_over(calendar):
    with at(2024, 11, 20):
        refresh_calendars()
        assert until(calendar) == date(2025, 12, 31)
        refresh_calendars()
        assert until(calendar) == date(2025, 12, 31)


def test_whoever_keeps_calendars_is_warned_once_before_it_ends(cast, calendar):
    assign_role(cast.nora, "planner", cast.first, from_on=date(2020, 1, 1), by=cast.sam)
    publish_year(calendar, 2025, by=cast.sol)
    Calendar.objects.update(published_until=date(2030, 12, 31))
    with at(2030, 10, 1):
        refresh_calendars()
        assert not Notice.objects.exists()
    with at(2030, 12, 1):
        refresh_calendars()
        refresh_calendars()
    notice = Notice.objects.get(ended_at=None)
    assert (notice.person, notice.is_todo) == (cast.sol, True)


def test_the_warning_ends_when_the_year_is_published(cast, calendar):
    Calendar.objects.update(published_until=date(2030, 12, 31))
    with at(2030, 12, 1):
        refresh_calendars()
        publish_year(Calendar.objects.get(), 2031, by=cast.sol)
        refresh_calendars()
    assert not Notice.objects.filter(ended_at=None).exists()


def test_the_file_of_the_installation_is_taken_over_when_it_changes(calendar, settings, tmp_path):
    settings.CALENDAR_FILE = str(tmp_path / "calendar.csv")
    (tmp_path / "calendar.csv").write_text("2024-11-23,work,,盘点\n")
    with at(2024, 11, 20):
        refresh_calendars()
        refresh_calendars()
    assert Entry.objects.filter(action="org.calendar_imported").count() == 1
    calendar = Calendar.objects.get(pk=calendar.pk)
    assert business_calendar(calendar).is_working_day(date(2024, 11, 23))
