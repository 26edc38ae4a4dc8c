"""The loop of a worker's child: take a job, run it, until asked to stop."""

import threading
from collections.abc import Collection
from functools import partial

from django.db import close_old_connections

from lingzhi.jobs.models import Worker
from lingzhi.jobs.patience import AWAY, AWAY_SECONDS, notice_away, patiently
from lingzhi.jobs.performing import perform
from lingzhi.jobs.registry import load_functions
from lingzhi.jobs.services.leases import Lease, take_job
from lingzhi.jobs.services.workers import put_back_all

IDLE_SECONDS = 0.25


def work(queues: Collection[str], worker: Worker, stopping: threading.Event) -> None:
    """Run the jobs of `queues` one after the other until `stopping` is set."""
    load_functions()
    while not stopping.is_set():
        lease = _take(queues, worker, stopping)
        if lease is not None:
            perform(lease)
        else:
            close_old_connections()
            stopping.wait(IDLE_SECONDS)


def _take(queues: Collection[str], worker: Worker, stopping: threading.Event) -> Lease | None:
    """The next job, or None: nothing is due, or the database is busy or away."""
    try:
        return take_job(queues, worker)
    except AWAY as error:
        notice_away(error)
        stopping.wait(AWAY_SECONDS)
        patiently(partial(put_back_all, worker.pk))  # the claim may have been committed unheard
        return None
