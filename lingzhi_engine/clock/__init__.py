"""Business calendars (工作日历): which days and hours count.

A calendar answers only for the time whose holidays have been announced. Asked about a later day
it raises `NotPublished`: a guess would turn into a wrong due date.
"""

from lingzhi_engine.clock.calendar import BusinessCalendar, NotPublished
from lingzhi_engine.clock.holidays import SpecialDay, UnknownCountry, special_days
from lingzhi_engine.clock.slots import BadSlots, Slot, format_slots, parse_slots

__all__ = [
    "BadSlots",
    "BusinessCalendar",
    "NotPublished",
    "Slot",
    "SpecialDay",
    "UnknownCountry",
    "format_slots",
    "parse_slots",
    "special_days",
]
