"""Inspect conversations while they go on."""

import threading
import time
from typing import Any

import structlog
from django.core.management import CommandParser
from django.db import close_old_connections

from lingzhi.core.running import ServiceCommand, mark_running
from lingzhi.core.supervision import end_with_parent, stop_on_signals
from lingzhi.inspections.services.live import Desk
from lingzhi.jobs.models import Worker
from lingzhi.jobs.patience import if_answering, patiently
from lingzhi.jobs.services.workers import beat, register_worker, stop_worker

log = structlog.get_logger("lingzhi.inspections")
PAUSE_SECONDS = 0.02
LOOK_SECONDS = 2.0  # how often new rules and ended conversations are looked for


class Command(ServiceCommand):
    help = "Inspect conversations while they go on. One process; SIGTERM ends it between two steps."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pause", type=float, default=PAUSE_SECONDS, help="seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        stop_on_signals(stopping)
        end_with_parent()
        with mark_running():
            Watch(options["pause"]).run(stopping)


class Watch:
    """The loop of the live process; a database that is away for a while only makes it wait."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.worker = patiently(lambda: register_worker(Worker.Kind.LIVE)).pk
        self.desk = patiently(Desk.start)
        self.next_look = time.monotonic() + LOOK_SECONDS
        log.info("live.started", conversations=len(self.desk.live))

    def run(self, stopping: threading.Event) -> None:
        """Until `stopping` is set."""
        while not stopping.wait(self.pause):
            if not if_answering(self.step):
                self.desk = patiently(Desk.start)  # what was not stored is judged anew
        if_answering(lambda: stop_worker(self.worker))

    def step(self) -> None:
        """Judge what moved; every few seconds look for new rules and ended conversations."""
        while self.desk.step():
            pass
        if time.monotonic() < self.next_look:
            return
        self.next_look = time.monotonic() + LOOK_SECONDS
        if not beat(self.worker):
            self.worker = register_worker(Worker.Kind.LIVE).pk
        self.desk.let_go()
        if not self.desk.is_current():
            self.desk = Desk.start()
        close_old_connections()
