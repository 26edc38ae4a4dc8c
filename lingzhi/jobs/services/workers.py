"""Workers and schedulers: their heartbeat, and what happens to the jobs of one that died."""

import os
import socket
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Worker
from lingzhi.jobs.services.leases import Lease, LeaseLost, put_back, release_job


def register_worker(kind: str, queues: Sequence[str] = (), *, pid: int | None = None) -> Worker:
    """A process comes to life, with its first heartbeat."""
    moment = now()
    return Worker.objects.create(
        kind=kind,
        host=socket.gethostname()[:120],
        pid=pid or os.getpid(),
        queues=list(queues),
        beat_at=moment,
        started_at=moment,
    )


def beat(worker: Worker) -> bool:
    """The worker lives. False: it was taken for dead meanwhile and must begin anew."""
    return bool(
        Worker.objects.filter(pk=worker.pk, stopped_at=None).update(
            beat=F("beat") + 1, beat_at=now()
        )
    )


@transaction.atomic
def stop_worker(worker: Worker) -> None:
    """An orderly end: what it still held goes back without counting the try."""
    Worker.objects.filter(pk=worker.pk, stopped_at=None).update(stopped_at=now())
    for lease in leases_of(worker):
        put_back(lease, lease.job.error)


@transaction.atomic
def bury_worker(worker: Worker, reason: str, *, at_beat: int | None = None) -> int:
    """A worker died: its jobs are queued again or given up, with `reason`; their number.

    With `at_beat` only if its heartbeat is still that one: it may have come back to life.
    """
    alive = Worker.objects.filter(pk=worker.pk, stopped_at=None)
    if at_beat is not None:
        alive = alive.filter(beat=at_beat)
    if not alive.update(stopped_at=now()):
        return 0
    leases = leases_of(worker)
    for lease in leases:
        release_job(lease, reason)
    return len(leases)


def put_back_all(worker: Worker) -> None:
    """Give back what a worker holds without knowing: its claim was cut off by the database."""
    for lease in leases_of(worker):
        try:
            put_back(lease, lease.job.error)
        except LeaseLost:
            continue


def leases_of(worker: Worker) -> list[Lease]:
    """The leases `worker` holds."""
    held = Job.objects.filter(worker=worker, state=Job.State.RUNNING).select_related("run")
    return [Lease(job, job.lease) for job in held if job.lease is not None]


def forget_workers(older_than: timedelta) -> int:
    """Delete the rows of workers that stopped that long ago."""
    number, _ = Worker.objects.filter(stopped_at__lt=now() - older_than).delete()
    return number
