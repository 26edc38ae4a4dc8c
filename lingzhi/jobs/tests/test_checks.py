from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from lingzhi.core.clock import now
from lingzhi.jobs.checks import work
from lingzhi.jobs.models import Job, Run, Worker
from lingzhi.jobs.services import cancel_run, later, start_run
from lingzhi.jobs.services.leases import take_job
from lingzhi.jobs.services.workers import register_worker


@pytest.fixture
def busy(cast, run_jobs):
    """Something of everything: done, waiting, to be retried, cancelled, running."""
    later("jobs.note", label="done")
    run_jobs()
    later("jobs.fail")
    run_jobs(failing=True)
    cancel_run(start_run("jobs.count_to", "Cancelled", by=cast.sol, last=2), by=cast.sol)
    start_run("jobs.count_to", "Running", by=cast.sol, last=2)
    take_job(["long"])
    take_job(["long"], register_worker("worker", ["long"]))
    later("jobs.note", label="waiting")


def test_all_is_well(busy):
    assert list(work()) == []


def test_a_job_without_a_message_is_named(busy):
    DBTaskResult.objects.all().delete()
    assert {problem.message for problem in work()} == {"waits, but no message announces it"}
    assert len(list(work())) == 2


def test_a_job_whose_worker_is_silent_is_named(busy):
    Worker.objects.update(beat_at=now() - timedelta(minutes=3))
    assert [problem.message for problem in work()] == ["runs, but its worker gives no sign of life"]


def test_a_run_nobody_works_on_is_named(busy):
    Job.objects.filter(run__label="Running").update(state="done", lease=None, finished_at=now())
    assert [problem.subject for problem in work()] == [
        f"run {Run.objects.get(label='Running').pk} jobs.count_to"
    ]
