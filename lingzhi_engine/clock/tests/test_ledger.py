"""What events do to a clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingzhi_engine.clock import (
    CAP_REACHED,
    Cancelled,
    Extended,
    Kind,
    Limit,
    Met,
    Opened,
    Outcome,
    OutOfTurn,
    Paused,
    Reopened,
    Resumed,
    Rule,
    RuleChanged,
    TimeBase,
    Unit,
    changes_at,
    replay,
    seconds_left,
)
from lingzhi_engine.clock.tests.calendars import on, working

TIME = working("09:00-12:00, 13:30-18:00")
MON, TUE, WED, THU, FRI, SAT, NEXT_MON = 0, 1, 2, 3, 4, 5, 7
SECOND = timedelta(seconds=1)


def rule(hours=4, version="1", **more) -> Rule:
    return Rule(version, Limit(hours, Unit.HOURS), TIME, **more)


def outcomes(ledger) -> list[Outcome]:
    return [verdict.outcome for verdict in ledger.verdicts]


def test_exactly_at_the_limit_is_in_time_and_a_second_later_is_late():
    opened = Opened(on(MON, "09:00"))
    due = on(MON, "14:30")
    assert replay(rule(), [opened, Met(due)]).outcome is Outcome.MET
    assert replay(rule(), [opened, Met(due + SECOND)]).outcome is Outcome.LATE
    strict = Rule("1", Limit(4, Unit.HOURS, is_inclusive=False), TIME)
    assert replay(strict, [opened, Met(due)]).outcome is Outcome.LATE


def test_a_pause_over_a_weekend_gives_back_working_time_only():
    events = [Opened(on(FRI, "16:00")), Paused(on(FRI, "17:00")), Resumed(on(NEXT_MON, "10:00"))]
    ledger = replay(rule(), events)
    assert [(i.kind, i.seconds) for i in ledger.intervals] == [
        (Kind.COUNTED, 3600),
        (Kind.PAUSED, 2 * 3600),
    ]
    assert ledger.due_at == on(NEXT_MON, "14:30")


def test_after_a_pause_it_is_due_within_opening_hours():
    """GLPI 9082: time given back as plain time ends at night."""
    events = [Opened(on(MON, "16:00")), Paused(on(MON, "17:30")), Resumed(on(TUE, "17:00"))]
    assert replay(rule(), events).due_at == on(WED, "10:30")


def test_two_pauses_give_back_what_both_took_and_no_more():
    """ERPNext 47029 and later ones count the first hold again."""
    pauses = [
        Paused(on(MON, "10:00")),
        Resumed(on(MON, "11:00")),
        Paused(on(MON, "14:00")),
        Resumed(on(MON, "14:30")),
    ]
    assert replay(rule(), [Opened(on(MON, "09:00")), *pauses]).due_at == on(MON, "16:00")


def test_a_wait_that_begins_at_the_limit_ends_in_time():
    events = [Opened(on(FRI, "14:00")), Paused(on(FRI, "18:00")), Resumed(on(NEXT_MON, "09:00"))]
    answered = on(NEXT_MON, "09:00")
    assert replay(rule(), [*events, Met(answered)]).outcome is Outcome.MET
    assert replay(rule(), [*events, Met(answered + SECOND)]).outcome is Outcome.LATE


def test_a_wait_that_begins_after_the_limit_heals_nothing():
    events = [Opened(on(FRI, "14:00")), Paused(on(SAT, "09:00"))]
    ledger = replay(rule(), events)
    assert ledger.outcome is Outcome.LATE
    assert ledger.verdicts[0].at == on(FRI, "18:00")


def test_a_wait_after_a_limit_that_came_later_heals_nothing():
    """By the new rule it was over on Friday evening; work had stopped, and then the wait began."""
    events = [
        Opened(on(FRI, "14:00")),
        Paused(on(SAT, "09:00")),
        Resumed(on(NEXT_MON, "10:00")),
        RuleChanged(on(NEXT_MON, "10:00"), rule(4, "2")),
    ]
    last = replay(rule(8), events).verdicts[-1]
    assert (last.outcome, last.due_at) == (Outcome.LATE, on(FRI, "18:00"))
    assert last.was_over_before


def test_while_paused_nothing_is_due():
    ledger = replay(rule(), [Opened(on(MON, "09:00")), Paused(on(MON, "10:00"))], on(FRI, "09:00"))
    assert (ledger.outcome, ledger.due_at) == (Outcome.PAUSED, None)


def test_a_pause_stops_giving_back_at_its_cap():
    events = [Opened(on(MON, "09:00")), Paused(on(MON, "10:00"))]
    capped = rule(pause_cap=3600)
    assert replay(capped, events, on(MON, "10:59")).outcome is Outcome.PAUSED
    assert replay(capped, events, on(MON, "15:30")).outcome is Outcome.RUNNING
    late = replay(capped, [*events, Resumed(on(TUE, "09:00"))])
    assert late.outcome is Outcome.LATE
    assert late.verdicts[0].at == on(MON, "15:30")


def test_a_rule_with_a_wider_cap_gives_a_wait_back_that_went_on():
    events = [
        Opened(on(MON, "09:00")),
        Paused(on(MON, "10:00"), reason="parts"),
        RuleChanged(on(MON, "14:30"), rule(pause_cap=4 * 3600, version="2")),
        Resumed(on(MON, "15:30")),
    ]
    ledger = replay(rule(pause_cap=3600), events)
    assert [(i.kind, i.seconds, i.reason) for i in ledger.intervals] == [
        (Kind.COUNTED, 3600, ""),
        (Kind.PAUSED, 3600, "parts"),
        (Kind.COUNTED, 2 * 3600, CAP_REACHED),
        (Kind.PAUSED, 3600, "parts"),
    ]
    assert ledger.due_at == on(TUE, "09:30")


def test_it_says_what_is_left_and_when_it_changes():
    opened = [Opened(on(MON, "09:00"))]
    running = replay(rule(pause_cap=3600), opened)
    assert seconds_left(running, on(MON, "11:00")) == 2 * 3600
    assert seconds_left(running, on(MON, "15:00")) == -1800
    assert changes_at(running) == on(MON, "14:30") + SECOND
    paused = replay(rule(pause_cap=3600), [*opened, Paused(on(MON, "10:00"))])
    assert seconds_left(paused, on(MON, "11:00")) == 3 * 3600
    assert changes_at(paused) == on(MON, "11:00")
    ended = replay(rule(), [*opened, Met(on(MON, "10:00"))])
    assert (seconds_left(ended, on(FRI, "09:00")), changes_at(ended)) == (3 * 3600, None)


def test_a_wait_that_gives_nothing_back_is_counted():
    waits = Paused(on(MON, "10:00"), gives_back=False, reason="parts ordered")
    ledger = replay(rule(), [Opened(on(MON, "09:00")), waits, Resumed(on(MON, "11:00"))])
    assert [(i.kind, i.reason) for i in ledger.intervals] == [
        (Kind.COUNTED, ""),
        (Kind.COUNTED, "parts ordered"),
    ]
    assert ledger.due_at == on(MON, "14:30")


def test_late_is_written_when_it_falls_and_stays():
    ledger = replay(rule(), [Opened(on(MON, "09:00")), Met(on(WED, "09:00"))])
    assert [(v.outcome, v.at) for v in ledger.verdicts] == [(Outcome.LATE, on(MON, "14:30"))]
    longer = RuleChanged(on(TUE, "09:00"), rule(40, "2"))
    eased = replay(rule(), [Opened(on(MON, "09:00")), longer, Met(on(WED, "09:00"))])
    assert outcomes(eased) == [Outcome.LATE, Outcome.MET]
    assert eased.outcome is Outcome.LATE


def test_another_limit_keeps_the_pauses_and_the_verdict_so_far():
    events = [
        Opened(on(MON, "09:00")),
        Paused(on(MON, "10:00")),
        Resumed(on(MON, "11:00")),
        RuleChanged(on(MON, "11:30"), rule(8, "2"), reason="priority lowered"),
    ]
    ledger = replay(rule(), events)
    assert outcomes(ledger) == [Outcome.REPLACED]
    assert ledger.verdicts[0].due_at == on(MON, "15:30")
    assert ledger.due_at == on(TUE, "10:30")


def test_a_limit_that_is_over_when_it_comes_says_so():
    events = [Opened(on(MON, "09:00")), RuleChanged(on(MON, "11:00"), rule(1, "2"))]
    last = replay(rule(), events).verdicts[-1]
    assert (last.outcome, last.at, last.was_over_before) == (Outcome.LATE, on(MON, "11:00"), True)


def test_an_extension_moves_the_due_time_but_heals_nothing():
    more = Limit(2, Unit.HOURS)
    in_time = replay(rule(), [Opened(on(MON, "09:00")), Extended(on(MON, "14:00"), more)])
    assert in_time.due_at == on(MON, "16:30")
    too_late = replay(rule(), [Opened(on(MON, "09:00")), Extended(on(MON, "15:00"), more)])
    assert too_late.outcome is Outcome.LATE


def test_reopening_adds_a_cycle_and_keeps_the_first_verdict():
    events = [Opened(on(MON, "09:00")), Met(on(MON, "10:00")), Reopened(on(TUE, "09:00"))]
    ledger = replay(rule(), events, on(WED, "09:00"))
    assert [(v.cycle, v.outcome) for v in ledger.verdicts] == [(1, Outcome.MET), (2, Outcome.LATE)]
    assert [i.kind for i in ledger.intervals] == [Kind.COUNTED, Kind.CLOSED]
    assert ledger.due_at == on(TUE, "14:30")


def test_what_nobody_waits_for_any_more_is_neither_met_nor_late():
    ledger = replay(
        rule(), [Opened(on(MON, "09:00")), Cancelled(on(MON, "10:00"))], on(FRI, "9:00")
    )
    assert ledger.outcome is Outcome.CANCELLED


def test_a_promised_moment_is_not_moved_by_waiting():
    promise = rule(due_at=on(MON, "12:00"))
    events = [Opened(on(MON, "09:00")), Paused(on(MON, "10:00")), Resumed(on(MON, "11:00"))]
    assert replay(promise, events).due_at == on(MON, "12:00")


def test_a_due_time_beyond_the_calendar_is_unknown_and_says_from_when():
    ledger = replay(rule(3000), [Opened(on(MON, "09:00"))])
    assert ledger.due_at is None
    assert ledger.due.unpublished.isoformat() == "2027-01-01"


def test_an_hour_that_comes_twice_is_in_order():
    night = datetime(2026, 10, 25, 2, 50, tzinfo=ZoneInfo("Europe/Paris"))
    later = night.replace(minute=10, fold=1)
    always = replace(rule(), limit=Limit(1, Unit.HOURS, TimeBase.ROUND_THE_CLOCK))
    assert replay(always, [Opened(night), Met(later)]).intervals[0].seconds == 20 * 60


@pytest.mark.parametrize(
    "events",
    [
        [Met(on(MON, "09:00"))],
        [Opened(on(MON, "09:00")), Resumed(on(MON, "10:00"))],
        [Opened(on(MON, "09:00")), Reopened(on(MON, "10:00"))],
        [Opened(on(MON, "09:00")), Opened(on(MON, "10:00"))],
        [Opened(on(MON, "09:00")), Paused(on(MON, "08:00"))],
    ],
)
def test_what_cannot_happen_is_refused(events):
    with pytest.raises(OutOfTurn):
        replay(rule(), events)
