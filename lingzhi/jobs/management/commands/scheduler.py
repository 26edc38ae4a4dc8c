"""Queue recurring work when it is due."""

import threading
from typing import Any

from lingzhi.core.running import ServiceCommand, mark_running
from lingzhi.core.supervision import end_with_parent, stop_on_signals
from lingzhi.jobs.scheduling import Timekeeper


class Command(ServiceCommand):
    help = "Queue recurring work (settings.SCHEDULES) when it is due; several may run."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        stop_on_signals(stopping)
        end_with_parent()
        with mark_running():
            Timekeeper().run(stopping)
