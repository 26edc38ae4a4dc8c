"""Run background work."""

import argparse
import threading
from functools import partial
from typing import Any
from uuid import UUID

from django.core.management import CommandParser

from lingzhi.core.running import ServiceCommand, mark_running
from lingzhi.core.supervision import end_with_parent, stop_on_signals
from lingzhi.jobs.crew import Crew
from lingzhi.jobs.models import Worker
from lingzhi.jobs.patience import patiently
from lingzhi.jobs.services.workers import register_worker
from lingzhi.jobs.working import work

QUEUES = ("short", "long")


class Command(ServiceCommand):
    help = "Run background work: a supervisor and one child per queue. SIGTERM ends the job first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queue", choices=[*QUEUES, "all"], default="all")
        parser.add_argument("--as", dest="worker_id", type=UUID, help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        queues = QUEUES if options["queue"] == "all" else (options["queue"],)
        if options["worker_id"]:
            self._work(queues, options["worker_id"])
            return
        with mark_running():
            if code := Crew(queues).run():
                raise SystemExit(code)

    def _work(self, queues: tuple[str, ...], worker_id: UUID) -> None:
        """The child's part."""
        stopping = threading.Event()
        stop_on_signals(stopping)
        end_with_parent()
        register = partial(register_worker, Worker.Kind.WORKER, queues, worker_id=worker_id)
        work(queues, patiently(register), stopping)
