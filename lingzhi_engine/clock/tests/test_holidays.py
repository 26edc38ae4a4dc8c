from datetime import date

import pytest

from lingzhi_engine.clock import NotPublished, UnknownCountry, special_days

MADE_UP_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_2026_has_its_make_up_workdays():
    worked = [f"{special.day:%m-%d}" for special in special_days("CN", 2026) if special.is_worked]
    assert worked == MADE_UP_2026


def test_a_holiday_carries_its_name():
    national_day = next(s for s in special_days("CN", 2026) if s.day == date(2026, 10, 1))
    assert (national_day.name, national_day.is_worked) == ("国庆节", False)


def test_no_day_of_another_year_slips_in():
    assert {special.day.year for special in special_days("CN", 2024)} == {2024}


def test_an_unannounced_year_is_not_published():
    with pytest.raises(NotPublished):
        special_days("CN", 2031)


def test_a_country_nobody_knows_is_named():
    with pytest.raises(UnknownCountry, match="XX"):
        special_days("XX", 2026)
