from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Run
from lingzhi.jobs.performing import perform
from lingzhi.jobs.services import LeaseLost, advance, later, start_run
from lingzhi.jobs.services.leases import (
    MAX_SETBACKS,
    MAX_TRIES,
    Lease,
    back_off,
    current_lease,
    put_back,
    release_job,
    take_job,
)
from lingzhi.jobs.tests import trials


def tries_until_it_ends(job, run_jobs, time_machine) -> int:
    for number in range(1, 100):
        run_jobs(failing=True)
        job.refresh_from_db()
        if job.finished_at:
            return number
        time_machine.move_to(job.run_after + timedelta(seconds=1))
    raise AssertionError("never ended")


def test_a_failing_job_is_given_up_after_five_tries_with_its_reason(run_jobs, time_machine):
    job = later("jobs.fail", message="out of paper")
    assert tries_until_it_ends(job, run_jobs, time_machine) == MAX_TRIES == 5
    assert (job.state, job.tries, job.worker_id) == (Job.State.DEAD, 5, None)
    assert job.error.startswith("ValueError: out of paper\n")
    assert "trials.py" in job.error


def test_each_try_waits_longer():
    lengths = [back_off(tries).total_seconds() for tries in range(1, MAX_TRIES)]
    for length, least in zip(lengths, [2, 6, 18, 54], strict=True):
        assert least <= length <= least * 1.2


def test_a_failing_job_lets_others_pass(run_jobs):
    later("jobs.fail")
    later("jobs.note", label="fine")
    run_jobs(failing=True)
    assert trials.effects() == ["fine"]


def test_leaving_python_is_a_failure_too(run_jobs):
    job = later("jobs.leave")
    run_jobs(failing=True)
    job.refresh_from_db()
    assert (job.state, job.error.splitlines()[0]) == (Job.State.QUEUED, "SystemExit: 3")


def test_a_locked_database_does_not_count_as_a_try(run_jobs):
    job = later("jobs.find_it_locked")
    run_jobs(failing=True)
    job.refresh_from_db()
    assert (job.state, job.tries, job.setbacks) == (Job.State.QUEUED, 0, 1)


def test_a_database_that_is_always_locked_ends_as_a_dead_letter(run_jobs, time_machine):
    job = later("jobs.find_it_locked")
    assert tries_until_it_ends(job, run_jobs, time_machine) == MAX_SETBACKS + MAX_TRIES
    assert job.state == Job.State.DEAD


def test_work_put_back_by_a_stopping_worker_keeps_its_try(db):
    job = later("jobs.note", label="x")
    put_back(take_job(["short"]), "stopped")
    job.refresh_from_db()
    assert (job.state, job.tries) == (Job.State.QUEUED, 0)
    assert job.run_after <= now()


def test_a_job_that_kills_its_worker_each_time_is_given_up(db):
    job = later("jobs.note", label="x")
    for _ in range(MAX_TRIES):
        release_job(take_job(["short"]), "the worker died")
    assert take_job(["short"]) is None
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.DEAD, "the worker died")


def test_a_worker_that_lost_its_lease_leaves_no_effect(db):
    later("jobs.note_and_settle", label="once")
    asleep = take_job(["short"])
    release_job(asleep, "taken for dead")
    awake = take_job(["short"])
    assert isinstance(perform(asleep), LeaseLost)
    assert trials.effects() == []
    assert perform(awake) is None
    assert trials.effects() == ["once"]


def test_a_failure_after_the_lease_is_lost_changes_nothing(db):
    job = later("jobs.fail")
    asleep = take_job(["short"])
    release_job(asleep, "taken for dead")
    assert isinstance(perform(asleep), LeaseLost)
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.QUEUED, "taken for dead")


def test_a_claim_is_made_once(db):
    later("jobs.note", label="x")
    assert take_job(["long"]) is None
    assert take_job(["short"]) is not None
    assert take_job(["short"]) is None


def test_giving_up_fails_the_run(cast, run_jobs, time_machine):
    run = start_run("jobs.count_to", "Count", by=cast.quan, last="not a number")
    tries_until_it_ends(run.jobs.get(), run_jobs, time_machine)
    run.refresh_from_db()
    assert run.state == Run.State.FAILED
    assert run.error.startswith("TypeError")


def test_work_that_gets_on_is_not_given_up(cast, run_jobs, time_machine):
    steps = 3 * MAX_TRIES
    run = start_run("jobs.count_and_stumble", "Count", by=cast.quan, last=steps, strides=1)
    assert tries_until_it_ends(run.jobs.get(), run_jobs, time_machine) == steps
    run.refresh_from_db()
    assert (run.state, run.done) == (Run.State.DONE, steps)


def test_work_that_gets_on_no_more_is_given_up(cast, run_jobs, time_machine):
    run = start_run("jobs.count_and_stumble", "Count", by=cast.quan, last=9, strides=0)
    assert tries_until_it_ends(run.jobs.get(), run_jobs, time_machine) == MAX_TRIES


def test_workers_killed_over_and_over_while_work_gets_on_do_not_end_it(cast):
    run = start_run("jobs.count_to", "Count", by=cast.quan, total=99, last=99)
    job = run.jobs.get()
    for _kill in range(2 * MAX_TRIES):
        lease = take_job(["long"])
        held = current_lease.set(lease)
        advance(run, done=1)
        current_lease.reset(held)
        release_job(Lease(Job.objects.get(pk=job.pk), lease.token), "the worker died")
    job.refresh_from_db()
    assert (job.state, job.tries) == (Job.State.QUEUED, 1)


def test_progress_that_was_rolled_back_does_not_count(cast):
    run = start_run("jobs.count_to", "Count", by=cast.quan, total=99, last=99)
    for _ in range(MAX_TRIES):
        lease = take_job(["long"])
        held = current_lease.set(lease)
        with suppress(ValueError), transaction.atomic():
            advance(run, done=1)
            raise ValueError
        current_lease.reset(held)
        release_job(lease, "the worker died")
    assert run.jobs.get().state == Job.State.DEAD


@pytest.mark.parametrize("again", [False, True])
def test_a_group_is_not_counted_twice_after_a_crash(cast, again):
    run = start_run("jobs.count_to", "Count", by=cast.quan, total=6, last=6)
    crashed = take_job(["long"])
    if again:
        release_job(crashed, "the worker died")
        assert perform(take_job(["long"])) is None
        assert isinstance(perform(crashed), LeaseLost | type(None))
    else:
        assert perform(crashed) is None
    run.refresh_from_db()
    assert (run.done, run.position, run.counts) == (6, "6", {"groups": 3})
    assert trials.effects() == ["from 0", "from 2", "from 4"]
