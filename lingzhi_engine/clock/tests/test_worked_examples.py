"""Examples that other help desks publish, and one of our own with a make-up workday (调休)."""

from datetime import date, datetime

import pytest

from lingzhi_engine.clock import Limit, Opened, Rule, Unit, parse_slots, replay
from lingzhi_engine.clock.tests.calendars import SHANGHAI, on, working
from lingzhi_engine.clock.tests.oracle import Days, find

OFFICE = "09:00-12:00, 13:30-18:00"
MON, TUE, WED, FRI, NEXT_MON = 0, 1, 2, 4, 7
EXAMPLES = {
    "GLPI docs: 08-18 daily": (("08:00-18:00", "08:00-18:00"), (MON, "16:00"), 4, (TUE, "10:00")),
    "GLPI 22678: Mon 10": (("08:00-18:00",), (MON, "10:00"), 4, (MON, "14:00")),
    "GLPI 22678: Mon 17": (("08:00-18:00",), (MON, "17:00"), 4, (TUE, "11:00")),
    "Chatwoot 13392: Fri": (("09:00-17:00",), (FRI, "16:30"), 1, (NEXT_MON, "09:30")),
    "Chatwoot 13392: early": (("09:00-17:00",), (WED, "07:00"), 2, (WED, "11:00")),
    "osTicket 4807": (("08:00-18:00",), (FRI, "17:00"), 4, (NEXT_MON, "11:00")),
    "FreeScout 3756": (("09:00-17:00",), (MON, "16:00"), 4, (TUE, "12:00")),
    "Zammad docs: two days of 8 h": (("09:00-17:00",), (MON, "09:00"), 16, (TUE, "17:00")),
}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_due_time_is_the_published_one(example):
    openings, start, hours, due = example
    rule = Rule("1", Limit(hours, Unit.HOURS), working(*openings))
    assert replay(rule, [Opened(on(*start))]).due_at == on(*due)
    assert walked(openings, on(*start), hours) == on(*due)


def walked(openings, start, hours, changed=None) -> datetime:
    """What the walk minute by minute says."""
    pairs = [[(slot.start, slot.end) for slot in parse_slots(text)] for text in (*openings, "")]
    days = Days([pairs[0]] * 5 + [pairs[1]] * 2, changed or {}, date(2026, 12, 31), SHANGHAI)
    due = find(days, int(start.timestamp()), hours * 3600)
    return datetime.fromtimestamp(due, SHANGHAI)


@pytest.mark.parametrize(
    ("worked", "due"),
    [
        (True, datetime(2026, 10, 10, 12, tzinfo=SHANGHAI)),
        (False, datetime(2026, 10, 12, 12, tzinfo=SHANGHAI)),
    ],
    ids=["the Saturday is worked", "it is not"],
)
def test_a_make_up_workday_counts(worked, due):
    saturday, start = date(2026, 10, 10), datetime(2026, 10, 9, 17, tzinfo=SHANGHAI)
    time = working(OFFICE, exceptions={saturday: parse_slots(OFFICE)} if worked else {})
    assert time.add(start, 4 * 3600) == due
    changed = {saturday: [(540, 720), (810, 1080)]} if worked else {}
    assert walked([OFFICE], start, 4, changed) == due
