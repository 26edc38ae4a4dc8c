"""Workers and schedulers: their heartbeat, and what happens to the jobs of one that died."""

import os
import socket
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Worker
from lingzhi.jobs.services.leases import Lease, put_back, release_job


def register_worker(
    kind: str, queues: Sequence[str] = (), *, worker_id: UUID | None = None
) -> Worker:
    """This process comes to life, with its first heartbeat."""
    moment = now()
    return Worker.objects.create(
        pk=worker_id or uuid4(),
        kind=kind,
        host=socket.gethostname()[:120],
        pid=os.getpid(),
        queues=list(queues),
        beat_at=moment,
        started_at=moment,
    )


def beat(worker_id: UUID) -> bool:
    """The worker lives. False: it was taken for dead meanwhile, or has not registered yet."""
    living = Worker.objects.filter(pk=worker_id, stopped_at=None)
    return bool(living.update(beat=F("beat") + 1, beat_at=now()))


@transaction.atomic
def stop_worker(worker_id: UUID) -> None:
    """An orderly end: what it still held goes back without counting the try."""
    Worker.objects.filter(pk=worker_id, stopped_at=None).update(stopped_at=now())
    put_back_all(worker_id)


@transaction.atomic
def bury_worker(worker_id: UUID, reason: str, *, at_beat: int | None = None) -> int:
    """A worker died: its jobs are queued again or given up, with `reason`; their number.

    With `at_beat` only if its heartbeat is still that one: it may have come back to life.
    """
    living = Worker.objects.filter(pk=worker_id, stopped_at=None)
    if at_beat is not None:
        living = living.filter(beat=at_beat)
    if not living.update(stopped_at=now()):
        return 0
    leases = _leases_of(worker_id)
    for lease in leases:
        release_job(lease, reason)
    return len(leases)


@transaction.atomic
def put_back_all(worker_id: UUID) -> None:
    """Give back whatever a worker holds, without counting the try."""
    for lease in _leases_of(worker_id):
        put_back(lease, lease.job.error)


def forget_workers(older_than: timedelta) -> int:
    """Delete the rows of workers that stopped that long ago."""
    number, _ = Worker.objects.filter(stopped_at__lt=now() - older_than).delete()
    return number


def _leases_of(worker_id: UUID) -> list[Lease]:
    held = (
        Job.objects.filter(worker=worker_id, state=Job.State.RUNNING)
        .select_for_update(of=("self",))
        .select_related("run")
    )
    return [Lease(job, job.lease) for job in held if job.lease is not None]
