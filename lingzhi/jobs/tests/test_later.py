from datetime import timedelta

import pytest
from django.db import transaction

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job
from lingzhi.jobs.registry import UnknownJob, function_of, name_of
from lingzhi.jobs.services import later
from lingzhi.jobs.tests import trials


def test_a_job_is_known_by_app_and_function():
    assert name_of("lingzhi.inspections.tasks.inspect_contact") == "inspections.inspect_contact"
    assert function_of("jobs.note") is trials.note


def test_it_runs_once(run_jobs):
    job = later("jobs.note", label="one")
    assert trials.effects() == []
    assert run_jobs() == 1
    assert run_jobs() == 0
    assert trials.effects() == ["one"]
    job.refresh_from_db()
    assert (job.state, job.tries, job.lease) == (Job.State.DONE, 1, None)
    assert job.finished_at >= job.started_at >= job.queued_at


def test_it_belongs_to_the_transaction_of_its_caller(run_jobs):
    @transaction.atomic
    def change_one_s_mind():
        later("jobs.note", label="never")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_one_s_mind()
    assert run_jobs() == 0
    assert not Job.objects.exists()


def test_it_waits_until_its_time(run_jobs, time_machine):
    start = now()
    later("jobs.note", label="tomorrow", run_after=start + timedelta(days=1))
    assert run_jobs() == 0
    time_machine.move_to(start + timedelta(days=1, seconds=1))
    assert run_jobs() == 1


def test_first_come_first_served(run_jobs, time_machine):
    start = now()
    time_machine.move_to(start)
    later("jobs.note", label="later", run_after=start + timedelta(seconds=5))
    time_machine.move_to(start + timedelta(seconds=1))
    later("jobs.note", label="first")
    time_machine.move_to(start + timedelta(seconds=9))
    run_jobs()
    assert trials.effects() == ["first", "later"]


def test_an_unknown_name_is_refused_at_once(db):
    with pytest.raises(UnknownJob):
        later("jobs.no_such_function")


def test_arguments_that_do_not_fit_are_refused_at_once(db):
    with pytest.raises(TypeError):
        later("jobs.note", labels="wrong")
    assert not Job.objects.exists()


def test_its_error_reaches_the_test(run_jobs):
    later("jobs.fail", message="out of paper")
    with pytest.raises(ValueError, match="out of paper"):
        run_jobs()
