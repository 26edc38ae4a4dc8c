from datetime import timedelta

import pytest

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Schedule
from lingzhi.jobs.registry import UnknownJob
from lingzhi.jobs.services.schedules import (
    adopt_schedules,
    catch_up_with_clock,
    fire,
    fire_due,
)
from lingzhi.jobs.tests import trials
from lingzhi.jobs.timing import BadTiming


@pytest.fixture
def start(db, settings, time_machine):
    settings.SCHEDULES = {"jobs.tick": "every 10 s on long"}
    settings.JOBS = ["lingzhi.jobs.tests.trials.tick"]
    moment = now().replace(microsecond=0)
    time_machine.move_to(moment, tick=False)
    adopt_schedules()
    return moment


def test_it_fires_when_due_and_moves_on(start, time_machine, run_jobs):
    assert fire_due() == []
    time_machine.move_to(start + timedelta(seconds=10), tick=False)
    assert fire_due() == ["jobs.tick"]
    assert fire_due() == []
    assert run_jobs() == 1
    assert trials.effects() == ["tick"]
    row = Schedule.objects.get()
    assert (row.last_at, row.next_at) == (
        start + timedelta(seconds=10),
        start + timedelta(seconds=20),
    )
    assert Job.objects.get().queue == "long"


def test_two_schedulers_that_saw_the_same_row_queue_it_once(start, time_machine):
    time_machine.move_to(start + timedelta(seconds=10), tick=False)
    row = Schedule.objects.get()
    assert fire(row)
    assert not fire(row)
    assert Job.objects.count() == 1


def test_missed_times_fire_once(start, time_machine, run_jobs):
    time_machine.move_to(start + timedelta(hours=5), tick=False)
    assert fire_due() == ["jobs.tick"]
    run_jobs()
    assert fire_due() == []


def test_work_still_in_flight_is_not_queued_again(start, time_machine):
    for seconds in (10, 20, 30):
        time_machine.move_to(start + timedelta(seconds=seconds), tick=False)
        fire_due()
    assert Job.objects.count() == 1


def test_the_table_follows_the_settings(start, settings):
    settings.SCHEDULES = {"jobs.tick": "every 20 s"}
    adopt_schedules()
    row = Schedule.objects.get()
    assert (row.timing, row.next_at) == ("every 20 s", start + timedelta(seconds=20))
    settings.SCHEDULES = {}
    adopt_schedules()
    assert not Schedule.objects.exists()


def test_starting_again_does_not_delay_what_is_due(start, time_machine):
    time_machine.move_to(start + timedelta(seconds=9), tick=False)
    adopt_schedules()
    assert Schedule.objects.get().next_at == start + timedelta(seconds=10)


@pytest.mark.parametrize(
    ("schedules", "error"),
    [({"jobs.tick": "now and then"}, BadTiming), ({"jobs.nobody": "every 5 s"}, UnknownJob)],
)
def test_a_schedule_that_cannot_work_stops_the_start(start, settings, schedules, error):
    settings.SCHEDULES = schedules
    with pytest.raises(error):
        adopt_schedules()


def test_an_interval_survives_a_clock_that_was_set_back(start, time_machine):
    time_machine.move_to(start - timedelta(hours=1), tick=False)
    catch_up_with_clock()
    assert Schedule.objects.get().next_at == start - timedelta(hours=1) + timedelta(seconds=10)
