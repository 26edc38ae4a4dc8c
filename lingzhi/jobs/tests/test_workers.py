from datetime import timedelta

import pytest
from django.utils.translation import override

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Worker
from lingzhi.jobs.reaper import Reaper
from lingzhi.jobs.reasons import in_reader_s_language
from lingzhi.jobs.services import later
from lingzhi.jobs.services.leases import take_job
from lingzhi.jobs.services.workers import (
    beat,
    bury_worker,
    forget_workers,
    register_worker,
    stop_worker,
)

DEAD_SECONDS = 30


@pytest.fixture
def worker(db) -> Worker:
    return register_worker("worker", ["short"])


@pytest.fixture
def job(worker) -> Job:
    job = later("jobs.note", label="x")
    take_job(["short"], worker)
    job.refresh_from_db()
    return job


def test_a_silent_worker_s_job_is_queued_again(job, worker):
    assert (job.state, job.worker) == (Job.State.RUNNING, worker)
    reaper = Reaper()
    assert reaper.look(0) == 0
    assert reaper.look(DEAD_SECONDS - 1) == 0
    assert reaper.look(DEAD_SECONDS) == 1
    job.refresh_from_db()
    assert (job.state, job.worker, job.tries) == (Job.State.QUEUED, None, 1)
    assert job.error == "The worker's heartbeat stopped."
    assert take_job(["short"]) is not None


def test_a_job_that_takes_long_stays_with_its_living_worker(job, worker, time_machine):
    reaper = Reaper()
    for seconds in range(0, 10 * DEAD_SECONDS, 5):
        assert beat(worker.pk)
        assert reaper.look(seconds) == 0


def test_a_clock_that_jumps_kills_nobody(job, worker, time_machine):
    reaper = Reaper()
    reaper.look(0)
    time_machine.move_to(now() + timedelta(days=30))
    assert reaper.look(5) == 0


def test_a_worker_that_came_back_is_left_alone(job, worker):
    assert bury_worker(worker.pk, "dead", at_beat=worker.beat + 7) == 0
    assert beat(worker.pk)


def test_a_buried_worker_learns_it(worker):
    bury_worker(worker.pk, "dead")
    assert not beat(worker.pk)


def test_the_reaper_forgets_who_is_gone(worker):
    reaper = Reaper()
    reaper.look(0)
    stop_worker(worker.pk)
    reaper.look(1)
    assert reaper._seen == {}


def test_an_orderly_stop_gives_the_job_back_without_counting_the_try(job, worker):
    stop_worker(worker.pk)
    job.refresh_from_db()
    assert (job.state, job.tries) == (Job.State.QUEUED, 0)


def test_rows_of_old_workers_are_deleted(worker, time_machine):
    stop_worker(worker.pk)
    assert forget_workers(timedelta(days=1)) == 0
    time_machine.move_to(now() + timedelta(days=2))
    assert forget_workers(timedelta(days=1)) == 1


def test_why_is_told_in_the_reader_s_language():
    with override("zh-hans"):
        told = in_reader_s_language("The worker's process died (SIGKILL).")
        assert told == "工作进程意外终止（SIGKILL）。"
        assert in_reader_s_language("ValueError: no paper") == "ValueError: no paper"
