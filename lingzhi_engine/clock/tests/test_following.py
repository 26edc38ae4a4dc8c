"""What follows from a ledger, and what clocks follow from messages."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from lingzhi_engine.clock import (
    Author,
    Cancelled,
    Clock,
    Escalation,
    Kind,
    Level,
    Limit,
    Message,
    Met,
    Opened,
    Outcome,
    Paused,
    Reopened,
    Resumed,
    Rule,
    Unit,
    Wait,
    escalations,
    explain,
    first_response,
    is_response,
    next_reply,
    periodic_update,
    replay,
    what_if,
    with_waits,
)
from lingzhi_engine.clock.attainment import Attained, Counts, Target
from lingzhi_engine.clock.tests.calendars import on, working

HOUR = 3600
MON, TUE, WED, FRI, NEXT_MON = 0, 1, 2, 4, 7
CUSTOMER, AGENT = Author.CUSTOMER, Author.AGENT


def rule(openings="08:00-18:00", hours=4, **more) -> Rule:
    return Rule("1", Limit(hours, Unit.HOURS), working(openings, **more))


def told_at(start, level, allowed=None, **more):
    ledger = replay(rule(**more), [Opened(on(*start))])
    return [(e.reached_at, e.tell_at) for e in escalations(ledger, [level], allowed)]


class TestEscalation:
    @pytest.mark.parametrize(
        ("start", "level", "reached"),
        [
            ((MON, "10:00"), Level("an hour before", -HOUR), (MON, "13:00")),  # GLPI 22678
            ((MON, "17:00"), Level("an hour before", -HOUR), (TUE, "10:00")),  # GLPI 22678
            ((MON, "17:00"), Level("when over"), (TUE, "11:00")),
            ((FRI, "13:00"), Level("two hours after", 2 * HOUR), (NEXT_MON, "09:00")),
            ((MON, "10:00"), Level("three quarters", percent=75), (MON, "13:00")),
            ((MON, "10:00"), Level("a day before", -24 * HOUR), (MON, "10:00")),  # when it opened
        ],
    )
    def test_it_is_counted_in_working_time(self, start, level, reached):
        assert told_at(start, level) == [(on(*reached), on(*reached))]

    def test_a_share_leaves_out_what_was_paused(self):
        pause = [Paused(on(MON, "11:00")), Resumed(on(MON, "12:00"))]
        ledger = replay(rule(), [Opened(on(MON, "10:00")), *pause])
        (level,) = escalations(ledger, [Level("three quarters", percent=75)])
        assert level.reached_at == on(MON, "14:00")

    def test_nobody_is_told_outside_the_allowed_hours(self):
        by_day = working("09:00-21:00", "09:00-21:00")
        night = told_at((MON, "20:00"), Level("when over"), by_day, openings="00:00-24:00")
        assert night == [(on(TUE, "00:00"), on(TUE, "09:00"))]

    def test_what_is_paused_or_ended_has_none(self):
        events = [Opened(on(MON, "10:00")), Paused(on(MON, "11:00"))]
        assert escalations(replay(rule(), events), [Level("when over")]) == ()
        assert escalations(replay(rule(), [*events, Met(on(MON, "12:00"))]), [Level("x")]) == ()

    def test_a_level_beyond_the_calendar_is_unknown(self):
        level = Level("a year after", 9999 * HOUR)
        ledger = replay(rule(), [Opened(on(MON, "10:00"))])
        assert escalations(ledger, [level]) == (Escalation(level, None, None),)


class TestExplanation:
    EVENTS = (
        Opened(on(MON, "17:00")),
        Paused(on(TUE, "09:00"), reason="customer asked"),
        Resumed(on(TUE, "10:30")),
    )

    def test_every_stretch_is_a_line_with_its_sum(self):
        ledger = replay(rule(), self.EVENTS)
        lines = explain(ledger, on(TUE, "11:00"))
        assert [(x.kind, x.start, x.end, x.seconds, x.counted, x.reason) for x in lines] == [
            (Kind.COUNTED, on(MON, "17:00"), on(MON, "18:00"), HOUR, HOUR, ""),
            (Kind.COUNTED, on(TUE, "08:00"), on(TUE, "09:00"), HOUR, 2 * HOUR, ""),
            (Kind.PAUSED, on(TUE, "09:00"), on(TUE, "10:30"), 5400, 2 * HOUR, "customer asked"),
            (Kind.COUNTED, on(TUE, "10:30"), on(TUE, "11:00"), 1800, 9000, ""),
        ]

    def test_at_the_due_time_the_limit_is_counted(self):
        ledger = replay(rule(), self.EVENTS)
        assert explain(ledger, ledger.due_at)[-1].counted == 4 * HOUR

    def test_it_ends_with_the_clock(self):
        ledger = replay(rule(), [*self.EVENTS, Met(on(TUE, "12:00"))])
        assert explain(ledger, on(FRI, "09:00"))[-1].end == on(TUE, "12:00")


class TestWhatIf:
    CLOCKS = (
        Clock("quick", rule(), [Opened(on(MON, "09:00")), Met(on(MON, "10:00"))]),
        Clock("slow", rule(), [Opened(on(MON, "09:00")), Met(on(MON, "12:30"))]),
    )

    def test_it_says_which_flip(self):
        two_hours = Limit(2, Unit.HOURS)
        compared = what_if(self.CLOCKS, lambda r: replace(r, limit=two_hours), on(FRI, "09:00"))
        assert [(c.key, c.flips) for c in compared] == [("quick", False), ("slow", True)]

    def test_a_calendar_that_ends_too_early_makes_it_unknown(self):
        ends = working("08:00-18:00", published_until=date(2026, 3, 1))
        changed = list(what_if(self.CLOCKS, lambda r: replace(r, calendar=ends), on(FRI, "09:00")))
        assert [c.as_if for c in changed] == [None, None]
        assert all(c.flips for c in changed)


@pytest.mark.parametrize(
    ("counts", "percent", "attained"),
    [
        ((9, 1, 0), 90, Attained.KEPT),
        ((8, 1, 1), 90, Attained.UNKNOWN),
        ((8, 2, 0), 90, Attained.BROKEN),
        ((8, 2, 5), 90, Attained.BROKEN),
        ((0, 0, 0), 90, Attained.UNKNOWN),
        ((199, 1, 0), Decimal("99.5"), Attained.KEPT),
    ],
)
def test_a_target_is_decided_only_by_what_open_cases_cannot_change(counts, percent, attained):
    assert Target(percent).attained(Counts(*counts)) is attained


def test_above_is_not_reached_by_exactly_as_many():
    assert Target(90, is_inclusive=False).attained(Counts(9, 1, 0)) is Attained.BROKEN


def test_counts_leave_out_what_was_cancelled():
    counts = Counts.of([Outcome.MET, Outcome.LATE, Outcome.PAUSED, Outcome.CANCELLED])
    assert counts == Counts(1, 1, 1)
    assert (counts.rate.numerator, counts.rate.denominator) == (1, 2)


def said(author, clock_time, **more) -> Message:
    return Message(on(MON, clock_time), author, **more)


@pytest.mark.parametrize(
    ("message", "responds"),
    [
        (said(AGENT, "10:00"), True),
        (said(AGENT, "10:00", is_public=False), False),
        (said(AGENT, "10:00", was_reached=False), False),
        (said(Author.AUTOMATIC, "10:00"), False),
        (said(Author.BOT, "10:00"), False),
        (said(Author.COLLEAGUE, "10:00"), False),
    ],
)
def test_what_counts_as_a_response(message, responds):
    assert is_response(message) is responds


def test_who_may_answer_is_a_choice():
    assert is_response(said(Author.BOT, "10:00"), frozenset({AGENT, Author.BOT}))


def test_the_first_response_ends_its_clock():
    messages = [said(Author.AUTOMATIC, "09:01"), said(AGENT, "09:30"), said(AGENT, "09:40")]
    assert first_response(on(MON, "09:00"), messages) == [
        Opened(on(MON, "09:00")),
        Met(on(MON, "09:30")),
    ]


def test_the_next_reply_counts_from_the_oldest_unanswered_message():
    messages = [
        said(CUSTOMER, "09:00"),
        said(CUSTOMER, "09:20"),
        said(AGENT, "10:00"),
        said(AGENT, "10:05"),
        said(CUSTOMER, "11:00"),
    ]
    assert next_reply(messages, ended_at=on(MON, "12:00")) == [
        Opened(on(MON, "09:00")),
        Met(on(MON, "10:00")),
        Reopened(on(MON, "11:00")),
        Cancelled(on(MON, "12:00")),  # Chatwoot 10178: it does not run on when all is done
    ]


def test_an_update_is_due_after_each_word_to_the_customer():
    events = periodic_update(on(MON, "09:00"), [said(AGENT, "10:00")], on(MON, "12:00"))
    assert events == [
        Opened(on(MON, "09:00")),
        Met(on(MON, "10:00")),
        Reopened(on(MON, "10:00")),
        Cancelled(on(MON, "12:00")),
    ]
    assert replay(rule(), events[:3]).due_at == on(MON, "14:00")


def test_a_clock_that_begins_during_a_wait_begins_paused():
    events = [Opened(on(MON, "10:00")), Met(on(MON, "12:00")), Reopened(on(TUE, "10:00"))]
    waits = [
        Wait(on(MON, "09:00"), on(MON, "11:00"), "parts"),
        Wait(on(MON, "13:00"), on(MON, "14:00"), "nobody asks"),
        Wait(on(TUE, "11:00"), None, "customer"),
    ]
    assert with_waits(events, waits) == [
        events[0],
        Paused(on(MON, "10:00"), reason="parts"),
        Resumed(on(MON, "11:00")),
        *events[1:],
        Paused(on(TUE, "11:00"), reason="customer"),
    ]


def test_a_longer_first_response_is_not_overruled_by_another_clock():
    """Zammad 5177: each clock has its own rule and ledger."""
    opened, messages = on(MON, "09:00"), [said(CUSTOMER, "09:00")]
    first = replay(rule(hours=8), first_response(opened, messages))
    reply = replay(rule(hours=2), next_reply(messages))
    assert first.due_at - reply.due_at == timedelta(hours=6)
