"""Business calendars (工作日历), working time, time limits, and the ledger of a clock (计时台账).

A calendar answers only for the time whose holidays have been announced. Asked about a later day
it raises `NotPublished`: a guess would turn into a wrong due date. docs/reference/clocks.md says in
plain words what counts.

>>> from datetime import date, datetime
>>> from zoneinfo import ZoneInfo
>>> office = BusinessCalendar(
...     week=(parse_slots("09:00-17:00"),) * 5 + ((), ()),
...     published_from=date(2026, 1, 1),
...     published_until=date(2026, 12, 31),
... )
>>> shanghai = ZoneInfo("Asia/Shanghai")
>>> rule = Rule("1", Limit(1, Unit.HOURS), WorkingTime.of(office, shanghai))
>>> friday = datetime(2026, 3, 6, 16, 30, tzinfo=shanghai)
>>> replay(rule, [Opened(friday)]).due_at.astimezone(shanghai).isoformat()
'2026-03-09T09:30:00+08:00'
"""

from lingzhi_engine.clock.calendar import BusinessCalendar, NotPublished
from lingzhi_engine.clock.comparing import Clock, Compared, what_if
from lingzhi_engine.clock.compiled import NoWorkingTime
from lingzhi_engine.clock.dues import given_back
from lingzhi_engine.clock.escalation import Escalation, Level, escalations
from lingzhi_engine.clock.events import (
    Cancelled,
    Event,
    Extended,
    Met,
    Opened,
    Paused,
    Reopened,
    Resumed,
    Rule,
    RuleChanged,
)
from lingzhi_engine.clock.explained import Line, explain
from lingzhi_engine.clock.holidays import SpecialDay, UnknownCountry, special_days
from lingzhi_engine.clock.ledger import Due, Interval, Kind, Ledger, Outcome, Pause, Verdict
from lingzhi_engine.clock.limits import BadLimit, Limit, TimeBase, Unit
from lingzhi_engine.clock.messages import (
    ANSWERING,
    Author,
    Message,
    first_response,
    is_response,
    next_reply,
    periodic_update,
)
from lingzhi_engine.clock.replay import CAP_REACHED, OutOfTurn, after, at_moment, replay
from lingzhi_engine.clock.slots import BadSlots, Slot, format_slots, parse_slots
from lingzhi_engine.clock.standing import changes_at, seconds_left
from lingzhi_engine.clock.waits import Wait, with_waits
from lingzhi_engine.clock.working import UNKNOWN, Reckoned, Stretch, WorkingTime

__all__ = [
    "ANSWERING",
    "CAP_REACHED",
    "UNKNOWN",
    "Author",
    "BadLimit",
    "BadSlots",
    "BusinessCalendar",
    "Cancelled",
    "Clock",
    "Compared",
    "Due",
    "Escalation",
    "Event",
    "Extended",
    "Interval",
    "Kind",
    "Ledger",
    "Level",
    "Limit",
    "Line",
    "Message",
    "Met",
    "NoWorkingTime",
    "NotPublished",
    "Opened",
    "OutOfTurn",
    "Outcome",
    "Pause",
    "Paused",
    "Reckoned",
    "Reopened",
    "Resumed",
    "Rule",
    "RuleChanged",
    "Slot",
    "SpecialDay",
    "Stretch",
    "TimeBase",
    "Unit",
    "UnknownCountry",
    "Verdict",
    "Wait",
    "WorkingTime",
    "after",
    "at_moment",
    "changes_at",
    "escalations",
    "explain",
    "first_response",
    "format_slots",
    "given_back",
    "is_response",
    "next_reply",
    "parse_slots",
    "periodic_update",
    "replay",
    "seconds_left",
    "special_days",
    "what_if",
    "with_waits",
]
