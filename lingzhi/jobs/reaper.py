"""Finding workers that died: their heartbeat no longer grows while we watch.

Only our own steady clock is asked: a clock that was set, a worker with another clock or a job
that takes long never makes a living worker look dead.
"""

import time
import uuid

import structlog
from django.conf import settings

from lingzhi.jobs.models import Worker
from lingzhi.jobs.reasons import SILENT
from lingzhi.jobs.services.workers import bury_worker

log = structlog.get_logger("lingzhi.jobs")


class Reaper:
    """Remembers when each worker's heartbeat was last seen to grow."""

    def __init__(self) -> None:
        self._seen: dict[uuid.UUID, tuple[int, float]] = {}

    def look(self, moment: float | None = None) -> int:
        """Bury workers without a new heartbeat for `WORKER_DEAD_SECONDS`; the number of jobs freed.

        `moment` is a time of the steady clock in seconds, now if not given.
        """
        moment = time.monotonic() if moment is None else moment
        freed = 0
        living = list(Worker.objects.filter(stopped_at=None))
        for worker in living:
            beat, since = self._seen.get(worker.pk, (-1, moment))
            if worker.beat != beat:
                self._seen[worker.pk] = (worker.beat, moment)
            elif moment - since >= settings.WORKER_DEAD_SECONDS:
                freed += self._bury(worker)
        gone = set(self._seen) - {worker.pk for worker in living}
        for key in gone:
            del self._seen[key]
        return freed

    def _bury(self, worker: Worker) -> int:
        number = bury_worker(worker.pk, SILENT, at_beat=worker.beat)
        log.warning("worker.dead", worker=str(worker), jobs=number)
        return number
