"""Public holidays and make-up workdays (调休), as the `holidays` library knows them.

China announces the make-up workdays of a year only in the autumn before it. The library computes
statutory holidays for any year; without the announcement such a year would be wrong by a week
here and there, so it counts as not published.
"""

from dataclasses import dataclass
from datetime import date

import holidays

from lingzhi_engine.clock.calendar import NotPublished

ANNOUNCED_YEARLY = frozenset({"CN"})
_LANGUAGES = {"CN": "zh_CN"}


class UnknownCountry(LookupError):
    """Nobody here knows the holidays of the country."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday: a public holiday, or a weekend day that is worked."""

    day: date
    name: str
    is_worked: bool


def knows_country(country: str) -> bool:
    """Whether the holidays of a country (ISO 3166, two capital letters) are known."""
    return country in holidays.list_supported_countries(include_aliases=False)


def special_days(country: str, year: int) -> list[SpecialDay]:
    """Holidays and make-up workdays of one year, by date.

    `country` is an ISO 3166 code. Raises NotPublished for a year that is not announced yet, and
    UnknownCountry.
    """
    if not knows_country(country):
        raise UnknownCountry(country)
    known = holidays.country_holidays(country, years=year, language=_LANGUAGES.get(country))
    worked = {day for day in getattr(known, "weekend_workdays", ()) if day.year == year}
    if country in ANNOUNCED_YEARLY and not worked:
        raise NotPublished(date(year, 1, 1))
    off = [SpecialDay(day, name, False) for day, name in known.items() if day.year == year]
    made_up = [SpecialDay(day, "", True) for day in worked]
    return sorted(off + made_up, key=lambda special: special.day)
