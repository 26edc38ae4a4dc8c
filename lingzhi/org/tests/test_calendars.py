from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Calendar, SpecialDate
from lingzhi.org.queries import business_calendar, calendar_of
from lingzhi.org.queries.calendars import working_time
from lingzhi.org.services import (
    assign_role,
    change_day,
    change_unit,
    create_calendar,
    import_day_file,
    load_year,
    publish_year,
    read_days,
    set_week,
)
from lingzhi_engine.clock import NotPublished, NoWorkingTime

OFFICE = "09:00-12:00, 13:30-18:00"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def calendar(cast) -> Calendar:
    found = create_calendar(name="工作日", country="CN", zone="Asia/Shanghai", by=cast.sol)
    set_week(found, dict.fromkeys(range(5), OFFICE), by=cast.sol)
    load_year(found, 2026, by=cast.sol)
    return found


def works(calendar, day) -> bool:
    return business_calendar(Calendar.objects.get(pk=calendar.pk)).is_working_day(day)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),  # 国庆节
        (date(2026, 10, 10), True),  # 调休
        (date(2026, 2, 14), True),  # 调休
        (date(2026, 11, 22), False),
    ],
)
def test_it_knows_holidays_and_make_up_workdays_of_china(calendar, day, is_working):
    assert works(calendar, day) is is_working


def test_a_make_up_workday_has_the_times_of_an_ordinary_one(calendar):
    slots = business_calendar(calendar).slots_on(date(2026, 10, 10))
    assert ", ".join(map(str, slots)) == OFFICE


def test_working_time_is_that_of_its_zone(calendar):
    friday = datetime(2026, 10, 9, 17, tzinfo=SHANGHAI)  # the Saturday after it is worked
    assert working_time(calendar).add(friday, 4 * 3600) == datetime(
        2026, 10, 10, 12, tzinfo=SHANGHAI
    )


def test_a_calendar_without_any_time_is_refused(cast):
    empty = create_calendar(name="空", country="CN", zone="Asia/Shanghai", by=cast.sol)
    with pytest.raises(NoWorkingTime):
        working_time(empty)


def test_beyond_the_published_year_it_is_loud(calendar):
    with pytest.raises(NotPublished):
        works(calendar, date(2027, 1, 4))


def test_a_year_that_is_not_announced_cannot_be_loaded(as_, cast, calendar):
    url = reverse("org:calendar_load", args=[calendar.pk])
    assert as_(cast.sol).post(url, {"year": "2031"}).status_code == 409


def test_holidays_of_a_country_nobody_knows_cannot_be_loaded(as_, cast, calendar):
    Calendar.objects.filter(pk=calendar.pk).update(country="XX")
    url = reverse("org:calendar_load", args=[calendar.pk])
    assert as_(cast.sol).post(url, {"year": "2026"}).status_code == 409


def test_a_year_entered_by_hand_is_published(as_, cast, calendar):
    client = as_(cast.sol)
    day = reverse("org:calendar_day", args=[calendar.pk, "2027-01-01"])
    assert client.post(day, {"kind": "off", "name": "元旦"}).status_code == 302
    url = reverse("org:calendar_publish", args=[calendar.pk])
    assert client.post(url, {"year": "2027"}).status_code == 302
    assert not works(calendar, date(2027, 1, 1))
    assert works(calendar, date(2027, 1, 4))
    assert Entry.objects.filter(action="org.calendar_published").latest("id").after == {
        "year": 2027
    }


def test_no_year_is_left_out(as_, cast, calendar):
    url = reverse("org:calendar_publish", args=[calendar.pk])
    assert as_(cast.sol).post(url, {"year": "2029"}).status_code == 409
    assert as_(cast.sol).post(url, {"year": "soon"}).status_code == 422


def test_years_are_published_backwards_too(cast, calendar):
    publish_year(calendar, 2025, by=cast.sol)
    assert calendar.published_from == date(2025, 1, 1)


def test_one_day_is_changed_and_restored(as_, cast, calendar):
    url = reverse("org:calendar_day", args=[calendar.pk, "2026-12-31"])
    client = as_(cast.sol)
    client.post(url, {"kind": "work", "slots": "09:00-12:00", "name": "盘点"})
    slots = business_calendar(calendar).slots_on(date(2026, 12, 31))
    assert [str(slot) for slot in slots] == ["09:00-12:00"]
    assert client.get(url).context["form"].initial["kind"] == "work"
    client.post(url, {"kind": "week"})
    assert not SpecialDate.objects.filter(day=date(2026, 12, 31)).exists()
    actions = Entry.objects.filter(action__startswith="org.calendar_day")
    assert actions.count() == 2


@pytest.mark.parametrize("slots", ["nine to five", "12:00-09:00", "09:00-11:00, 10:00-12:00"])
def test_impossible_times_come_back(as_, cast, calendar, slots):
    url = reverse("org:calendar_day", args=[calendar.pk, "2026-12-31"])
    assert as_(cast.sol).post(url, {"kind": "work", "slots": slots}).status_code == 422


def test_a_day_that_does_not_exist_is_missing(as_, cast, calendar):
    url = reverse("org:calendar_day", args=[calendar.pk, "2026-02-30"])
    assert as_(cast.sol).get(url).status_code == 404


def test_loading_again_keeps_what_was_changed_by_hand(cast, calendar):
    change_day(calendar, date(2026, 10, 1), is_worked=True, by=cast.sol)
    load_year(calendar, 2026, by=cast.sol)
    assert works(calendar, date(2026, 10, 1))
    assert calendar.special_dates.filter(day=date(2026, 10, 1)).count() == 1


def test_the_week_is_set(as_, cast, calendar):
    given = {"day_0": "00:00-24:00", "day_5": "10:00-16:00"}
    url = reverse("org:calendar_week", args=[calendar.pk])
    assert as_(cast.sol).post(url, given).status_code == 302
    assert works(calendar, date(2026, 11, 21))
    assert not works(calendar, date(2026, 11, 24))
    assert as_(cast.sol).post(url, {"day_0": "later"}).status_code == 422


def test_the_year_shows_twelve_months_and_says_when_unpublished(as_, cast, calendar):
    url = reverse("org:calendar", args=[calendar.pk])
    page = as_(cast.bo).get(url, {"year": "2026"})
    cells = [day for m in page.context["months"] for week in m.weeks for day in week if day]
    assert len(cells) == 365
    tones = {cell.day: cell.tone for cell in cells}
    assert tones[date(2026, 10, 10)] == "make-up"
    assert tones[date(2026, 10, 1)] == "holiday"
    assert page.context["is_published"]
    assert not as_(cast.bo).get(url, {"year": "2028"}).context["is_published"]


def test_a_strange_year_shows_this_one(as_, cast, calendar):
    page = as_(cast.bo).get(reverse("org:calendar", args=[calendar.pk]), {"year": "99999"})
    assert page.status_code == 200


# --- files --------------------------------------------------------------------------------------

FILE = (
    "日期,类型,时间,名称\n2027-02-06,off,,春节\n2027/02/07,上班,,\n2027-09-26,work,09:00-12:00,\n"
)


def posted(client, calendar, text):
    file = SimpleUploadedFile("days.csv", text.encode("utf-8-sig"))
    return client.post(reverse("org:calendar_file", args=[calendar.pk]), {"file": file})


def test_a_file_is_taken_over(as_, cast, calendar):
    assert posted(as_(cast.sol), calendar, FILE).status_code == 302
    publish_year(calendar, 2027, by=cast.sol)
    assert not works(calendar, date(2027, 2, 6))
    assert works(calendar, date(2027, 2, 7))
    assert Entry.objects.get(action="org.calendar_imported").after == {"days": 3}


@pytest.mark.parametrize(
    ("line", "field"),
    [("2027-02-30,off", "day"), ("2027-02-06,maybe", "kind"), ("2027-02-06,work,noon", "slots")],
)
def test_a_wrong_line_stops_the_whole_file_and_is_named(as_, cast, calendar, line, field):
    before = calendar.special_dates.count()
    response = posted(as_(cast.sol), calendar, FILE + line + "\n")
    assert response.status_code == 422
    assert calendar.special_dates.count() == before
    with pytest.raises(BadInput) as problem:
        read_days(FILE + line)
    assert (problem.value.row, problem.value.field) == (5, field)


def test_a_file_in_another_encoding_comes_back(as_, cast, calendar):
    file = SimpleUploadedFile("days.csv", FILE.encode("gb18030"))
    url = reverse("org:calendar_file", args=[calendar.pk])
    assert as_(cast.sol).post(url, {"file": file}).status_code == 422


def test_the_calendar_file_of_the_installation_publishes_its_years(cast, calendar, tmp_path):
    path = tmp_path / "calendar.csv"
    path.write_text(FILE)
    assert import_day_file(calendar, path, by=None) == 3
    assert works(calendar, date(2027, 2, 7))


# --- who uses which -----------------------------------------------------------------------------


def test_a_unit_follows_the_nearest_calendar_above(as_, cast, calendar):
    night = create_calendar(name="夜班", country="CN", zone="Asia/Shanghai", by=cast.sol)
    assert calendar_of(cast.first) == calendar
    change_unit(cast.hotline, {"calendar": night}, by=cast.sol)
    assert calendar_of(cast.first) == night
    assert calendar_of(cast.company) == calendar


def test_a_zone_that_does_not_exist_comes_back(as_, cast):
    given = {"name": "月球", "country": "CN", "zone": "Moon/Base"}
    assert as_(cast.sol).post(reverse("org:calendar_create"), given).status_code == 422


def planner_of(unit, cast):
    assign_role(cast.nora, "planner", unit, from_on=date(2026, 1, 1), by=cast.sam)
    return cast.nora


def test_the_planner_of_the_company_may_change_it(as_, cast, calendar):
    client = as_(planner_of(cast.company, cast))
    assert client.get(reverse("org:calendar_week", args=[calendar.pk])).status_code == 200
    assert client.get(reverse("org:calendar_create")).status_code == 200


def test_the_planner_of_a_unit_changes_only_the_calendar_of_that_unit(as_, cast, calendar):
    night = create_calendar(name="夜班", country="CN", zone="Asia/Shanghai", by=cast.sol)
    week = reverse("org:calendar_week", args=[night.pk])
    client = as_(planner_of(cast.hotline, cast))
    assert client.get(week).status_code == 403, "nobody works by it yet"
    change_unit(cast.first, {"calendar": night}, by=cast.sol)
    assert client.get(week).status_code == 200
    change_unit(cast.company, {"calendar": night}, by=cast.sol)
    assert client.get(week).status_code == 403, "others work by it too"


def test_the_planner_of_a_unit_does_not_change_the_calendar_of_the_company(as_, cast, calendar):
    change_unit(cast.hotline, {"calendar": calendar}, by=cast.sol)
    client = as_(planner_of(cast.hotline, cast))
    assert client.get(reverse("org:calendar_week", args=[calendar.pk])).status_code == 403
    url = reverse("org:calendar_publish", args=[calendar.pk])
    assert client.post(url, {"year": "2027"}).status_code == 403
    assert client.get(reverse("org:calendar_create")).status_code == 403
    page = client.get(reverse("org:calendar", args=[calendar.pk]))
    assert reverse("org:calendar_create") not in page.content.decode()
    assert not page.context["may_change"]
