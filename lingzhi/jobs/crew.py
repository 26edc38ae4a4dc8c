"""A worker's supervisor: it keeps one child per queue and beats for each that lives.

The heartbeat comes from this process, so a child that computes for minutes without giving way
does not look dead; a child that exceeds its time limit is killed.
"""

import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import close_old_connections

from lingzhi.core.supervision import Child, Supervisor, manage
from lingzhi.jobs.models import Job, Worker
from lingzhi.jobs.patience import if_answering
from lingzhi.jobs.reaper import Reaper
from lingzhi.jobs.reasons import DIED, OVER_TIME
from lingzhi.jobs.services.workers import beat, bury_worker, stop_worker

log = structlog.get_logger("lingzhi.jobs")


@dataclass(slots=True)
class Hand:
    """One child: the queue it serves, the row it works under, since when it holds its lease."""

    queue: str
    child: Child
    worker_id: UUID = field(default_factory=uuid4)
    lease: UUID | None = None
    held_since: float = 0.0
    verdict: str = ""


class Crew:
    """The children of one `worker` command."""

    def __init__(self, queues: Sequence[str]) -> None:
        self.hands = [Hand(queue, Child(f"worker-{queue}", ())) for queue in queues]
        self.reaper = Reaper()
        self._fallen: list[tuple[UUID, str]] = []

    def run(self) -> int:
        """Until asked to stop; the exit code."""
        code = Supervisor(
            [hand.child for hand in self.hands],
            on_start=self._enlist,
            on_death=self._mourn,
            on_beat=self._beat,
            beat_seconds=settings.WORKER_BEAT_SECONDS,
        ).run()
        for hand in self.hands:
            if_answering(partial(stop_worker, hand.worker_id))
        return code

    def _hand_of(self, child: Child) -> Hand:
        return next(hand for hand in self.hands if hand.child is child)

    def _enlist(self, child: Child) -> None:
        hand = self._hand_of(child)
        hand.worker_id, hand.lease, hand.verdict = uuid4(), None, ""
        child.command = manage("worker", "--queue", hand.queue, "--as", str(hand.worker_id))

    def _mourn(self, child: Child, code: int) -> None:
        hand = self._hand_of(child)
        self._fallen.append((hand.worker_id, hand.verdict or reason_of_death(code)))
        if_answering(self._bury_fallen)  # else at a later beat

    def _bury_fallen(self) -> None:
        while self._fallen:
            worker_id, reason = self._fallen[-1]
            freed = bury_worker(worker_id, reason)
            log.warning("worker.buried", worker=str(worker_id), jobs=freed, reason=reason)
            self._fallen.pop()

    def _beat(self) -> None:
        if_answering(self._look_after_all)

    def _look_after_all(self) -> None:
        self._bury_fallen()
        for hand in self.hands:
            if hand.child.is_alive:
                self._look_after(hand)
        self.reaper.look()
        close_old_connections()

    def _look_after(self, hand: Hand) -> None:
        if not beat(hand.worker_id):
            if Worker.objects.filter(pk=hand.worker_id).exists():
                self._kill(hand, DIED % {"how": "silent"})
        elif self._is_over_time(hand):
            self._kill(hand, OVER_TIME % {"seconds": settings.JOB_SECONDS[hand.queue]})

    def _is_over_time(self, hand: Hand) -> bool:
        """Whether the child has held one lease longer than its queue allows, by our own clock."""
        running = Job.objects.filter(worker=hand.worker_id, state=Job.State.RUNNING)
        lease = running.values_list("lease", flat=True).first()
        if lease != hand.lease:
            hand.lease, hand.held_since = lease, time.monotonic()
        held = time.monotonic() - hand.held_since
        return lease is not None and held > settings.JOB_SECONDS[hand.queue]

    def _kill(self, hand: Hand, verdict: str) -> None:
        log.error("worker.killed", queue=hand.queue, worker=str(hand.worker_id), reason=verdict)
        hand.verdict = verdict
        hand.child.signal(signal.SIGKILL)


def reason_of_death(code: int) -> str:
    """How a child ended, in one line."""
    how = signal.Signals(-code).name if code < 0 else str(code)
    return DIED % {"how": how}
