"""What holds of every ledger, whatever happens to the clock."""

from datetime import timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from lingzhi_engine.clock import (
    Kind,
    Outcome,
    Paused,
    Resumed,
    after,
    at_moment,
    changes_at,
    explain,
    replay,
)
from lingzhi_engine.clock.tests.stories import calendars, story

POOL = calendars(Random(2), 4)
STORIES = st.builds(story, st.randoms(use_true_random=False), st.sampled_from(POOL))
few = settings(max_examples=60, deadline=None)


@few
@given(STORIES)
def test_the_ledger_of_the_first_events_begins_the_ledger_of_all(told):
    events, ledger = told.events(), told.ledger()
    for n in range(1, len(events)):
        first = replay(told.rules[0], events[:n])
        for ours, all_of_them in (
            (first.intervals, ledger.intervals),
            (first.verdicts, ledger.verdicts),
            (first.dues, ledger.dues),
        ):
            assert ours == all_of_them[: len(ours)]


@few
@given(STORIES)
def test_intervals_follow_one_another_and_cover_everything(told):
    ledger, events = told.ledger(), told.events()
    bounds = [(interval.start, interval.end) for interval in ledger.intervals]
    assert all(earlier[1] == later[0] for earlier, later in pairwise(bounds))
    elapsed = sum((end - start for start, end in bounds), timedelta())
    assert elapsed == ledger.since - events[0].at
    for interval in ledger.intervals:
        worked = interval.rule.time.between(interval.start, interval.end)
        assert interval.seconds == (0 if interval.kind is Kind.CLOSED else worked)


@few
@given(STORIES, st.integers(0, 10**6))
def test_a_pause_never_moves_the_due_time_back(told, seconds):
    before = told.ledger()
    if before.state is not Outcome.RUNNING or before.due_at is None:
        return
    pause = Paused(before.since + timedelta(seconds=seconds))
    if before.rule.calendar.openings.known_until < pause.at.timestamp() + 7200:
        return
    paused = after(after(before, pause), Resumed(pause.at + timedelta(hours=2)))
    assert paused.due_at is None or paused.due_at >= before.due_at


@few
@given(STORIES)
def test_it_changes_by_itself_when_it_says_so_and_not_before(told):
    ledger = told.ledger()
    moment = changes_at(ledger)
    if moment is None or moment.timestamp() <= told.until:
        return
    before, then = at_moment(ledger, moment - timedelta(seconds=1)), at_moment(ledger, moment)
    assert (before.state, before.verdicts) == (ledger.state, ledger.verdicts)
    assert (then.state, then.verdicts) != (ledger.state, ledger.verdicts)


@few
@given(STORIES)
def test_late_stays_late_until_it_is_opened_again(told):
    ledgers = [replay(told.rules[0], told.events()[:n]) for n in range(1, len(told.happenings) + 2)]
    for earlier, later in pairwise(ledgers):
        if earlier.is_late and earlier.cycle == later.cycle:
            assert later.outcome is Outcome.LATE


@few
@given(STORIES)
def test_the_due_time_is_where_the_counted_lines_reach_the_limit(told):
    ledger = told.ledger()
    if ledger.state is not Outcome.RUNNING or ledger.is_late or ledger.due_at is None:
        return
    if ledger.rule.limit.unit == "seconds" and not ledger.extensions:
        lines = explain(at_moment(ledger, ledger.due_at), ledger.due_at)
        assert lines[-1].counted == ledger.rule.limit.amount
