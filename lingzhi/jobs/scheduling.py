"""The scheduler's loop: fires what is due and frees the jobs of dead workers."""

import threading
import time
from functools import partial
from uuid import UUID

import structlog
from django.conf import settings
from django.db import close_old_connections

from lingzhi.jobs.models import Worker
from lingzhi.jobs.patience import if_answering, patiently
from lingzhi.jobs.reaper import Reaper
from lingzhi.jobs.services.schedules import adopt_schedules, catch_up_with_clock, fire_due
from lingzhi.jobs.services.workers import beat, register_worker, stop_worker

log = structlog.get_logger("lingzhi.jobs")
STEP_SECONDS = 0.5


class Timekeeper:
    """One scheduler. Any number may run beside each other: each time fires once."""

    def __init__(self) -> None:
        patiently(adopt_schedules)
        self.worker_id: UUID = patiently(partial(register_worker, Worker.Kind.SCHEDULER)).pk
        self.reaper = Reaper()
        self.next_beat = 0.0

    def run(self, stopping: threading.Event) -> None:
        """Until `stopping` is set."""
        while not stopping.wait(STEP_SECONDS):
            if_answering(self.step)
        if_answering(partial(stop_worker, self.worker_id))

    def step(self) -> None:
        """Fire what is due now; every few seconds beat and look after the workers."""
        for name in fire_due():
            log.debug("schedule.fired", name=name)
        if time.monotonic() >= self.next_beat:
            self.next_beat = time.monotonic() + settings.WORKER_BEAT_SECONDS
            if not beat(self.worker_id):
                self.worker_id = register_worker(Worker.Kind.SCHEDULER).pk
            catch_up_with_clock()
            self.reaper.look()
        close_old_connections()
