from datetime import timedelta

from lingzhi.core.clock import now
from lingzhi.jobs.health import workers
from lingzhi.jobs.services.workers import register_worker, stop_worker


def test_a_worker_and_a_scheduler_are_needed(db):
    assert workers().state == "degraded"
    register_worker("worker", ["short"])
    assert workers().detail == "no heartbeat: scheduler"
    register_worker("scheduler")
    assert workers().state == "ok"


def test_one_that_fell_silent_is_noticed(db, time_machine):
    register_worker("worker", ["short"])
    register_worker("scheduler")
    time_machine.move_to(now() + timedelta(seconds=90))
    assert workers().state == "degraded"


def test_one_that_stopped_in_order_is_not_counted(db):
    register_worker("scheduler")
    stop_worker(register_worker("worker", ["short"]).pk)
    assert workers().detail == "no heartbeat: worker"
