"""Workers that are killed often: one process loads the program and forks them, for loading takes
seconds of the processor each time. What they do, and how they die, is as in `worker`.
"""

import os
import signal
import threading
import time
from collections.abc import Callable

from django.db import connections
from django.urls import get_resolver

from lingzhi.core.clock import now
from lingzhi.core.tests.house import House
from lingzhi.jobs.models import Job, Worker
from lingzhi.jobs.registry import load_functions
from lingzhi.jobs.services.workers import bury_worker, register_worker
from lingzhi.jobs.working import work

START = "from lingzhi.jobs.tests import nursery; nursery.run({queue!r})"


def run(queue: str) -> None:
    """Keep one worker of a queue; one that dies is buried, and another begins."""
    os.setpgid(0, 0)
    load_functions()
    get_resolver().reverse_dict  # noqa: B018  the first address loads every page
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    while True:
        connections.close_all()
        child = os.fork()
        if child == 0:
            work([queue], register_worker("worker", [queue]), threading.Event())
        os.waitpid(child, 0)
        for row in Worker.objects.filter(pid=child, stopped_at=None):
            bury_worker(row.pk, "killed")


def start_nursery(house: House, queue: str = "short") -> None:
    """The nursery as a process of the house."""
    house.start("shell", "-c", START.format(queue=queue))


def is_over() -> bool:
    """Whether nothing is due any more."""
    return not Job.objects.filter(finished_at=None, run_after__lte=now()).exists()


def kill_when(condition: Callable[[], bool], kill: Callable[[int], None], pause: float = 0) -> None:
    """SIGKILL for the worker, so many seconds after the condition holds; it is over when that one
    is buried. Fails after 90 seconds.
    """
    deadline = time.monotonic() + 90
    _wait(condition, deadline)
    time.sleep(pause)
    working = Worker.objects.filter(kind="worker", stopped_at=None)
    _wait(working.exists, deadline)
    worker = working.latest("started_at")
    kill(worker.pid)
    _wait(lambda: not working.filter(pk=worker.pk).exists(), deadline)


def _wait(condition: Callable[[], bool], deadline: float) -> None:
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
