"""Claiming jobs and ending them. Every ending is conditional on the lease of the claim.

A worker that was taken for dead and wakes up again finds its lease gone: whatever it still wrote
in the same transaction is rolled back with `LeaseLost`, so no effect happens twice.
"""

import random
import uuid
from collections.abc import Collection
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django_tasks_db.models import DBTaskResult

from lingzhi.core.clock import now
from lingzhi.jobs.messages import send
from lingzhi.jobs.models import Job, Worker
from lingzhi.jobs.services.endings import close_run_of, fail_run_of, start_run_of

MAX_TRIES = 5
MAX_SETBACKS = 20
BACK_OFF_SECONDS = 2
BACK_OFF_FACTOR = 3
SETBACK_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one job: gone once the job ended or was given to somebody else."""

    job: Job
    token: uuid.UUID


class LeaseLost(RuntimeError):
    """The job was taken from this worker: its transaction must not be committed."""


class OutsideTransaction(RuntimeError):
    """`settle()` without a transaction would part the effect from the end of the job."""


current_lease: ContextVar[Lease | None] = ContextVar("current_lease", default=None)


def take_job(queues: Collection[str], worker: Worker | None = None) -> Lease | None:
    """Claim the next job that is due in one of `queues`; None when there is none.

    The message is consumed and the job leased in one transaction, at which it counts as tried.
    """
    due = DBTaskResult.objects.ready().filter(queue_name__in=queues)
    if not due.exists():  # without a write lock: workers ask several times a second
        return None
    with transaction.atomic():
        message = due.get_locked()
        if message is None:
            return None
        job_id = message.args_kwargs["args"][0]
        message.delete()
        return claim_job(job_id, worker)


@transaction.atomic
def claim_job(job_id: int, worker: Worker | None = None) -> Lease | None:
    """Lease a waiting job; None when it was discarded, or somebody else has it."""
    token = uuid.uuid4()
    claimed = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING,
        lease=token,
        worker=worker,
        tries=F("tries") + 1,
        started_at=now(),
    )
    if not claimed:
        return None
    job = Job.objects.select_related("run").get(pk=job_id)
    start_run_of(job)
    return Lease(job, token)


def settle() -> None:
    """End the job being run as done, in the caller's transaction: its effect and its end are one.

    Outside a job (a test, a command that calls the function directly) it does nothing.
    Raises LeaseLost when the job was meanwhile given to another worker.
    """
    lease = current_lease.get()
    if lease is None:
        return
    if not connection.in_atomic_block:
        raise OutsideTransaction(lease.job.name)
    _end(lease, Job.State.DONE, finished_at=now(), error="")
    close_run_of(lease.job)


def hold(lease: Lease, *, got_on: bool = False) -> None:
    """Raise LeaseLost unless the job is still ours; locks it until the transaction ends.

    With `got_on` its tries are counted anew, this one as the first: only work that fails again and
    again at the same place is given up.
    """
    anew = {"tries": 1, "setbacks": 0} if got_on else {}
    if not _held(lease).update(lease=lease.token, **anew):
        raise LeaseLost(lease.job.name)


def is_settled(lease: Lease) -> bool:
    """Whether the function ended its job itself."""
    return Job.objects.filter(pk=lease.job.pk, state=Job.State.DONE).exists()


@transaction.atomic
def fail_try(lease: Lease, reason: str) -> Job.State:
    """Queue the job again, later with each try, or give it up after the fifth without progress."""
    _recount(lease)
    if lease.job.tries >= MAX_TRIES:
        return _give_up(lease, reason)
    _requeue(lease, reason, now() + back_off(lease.job.tries))
    return Job.State.QUEUED


@transaction.atomic
def put_back(lease: Lease, reason: str, *, is_setback: bool = False) -> Job.State:
    """Queue the job again without counting the try.

    For a worker that is stopped, and (`is_setback`) for a database that was busy or away, which
    is not the job's fault; after `MAX_SETBACKS` of those it counts as a try nevertheless.
    """
    _recount(lease)
    if is_setback and lease.job.setbacks >= MAX_SETBACKS:
        return fail_try(lease, reason)
    delay = timedelta(seconds=SETBACK_SECONDS if is_setback else 0)
    _requeue(
        lease,
        reason,
        now() + delay,
        tries=lease.job.tries - 1,
        setbacks=lease.job.setbacks + is_setback,
    )
    return Job.State.QUEUED


@transaction.atomic
def release_job(lease: Lease, reason: str) -> Job.State:
    """Take a job from a worker that died; at once, for the time to notice was the delay."""
    if lease.job.tries >= MAX_TRIES:
        return _give_up(lease, reason)
    _requeue(lease, reason, now())
    return Job.State.QUEUED


def back_off(tries: int) -> timedelta:
    """2, 6, 18, 54 s, each up to a fifth longer so that failures of one cause do not meet again."""
    seconds = BACK_OFF_SECONDS * BACK_OFF_FACTOR ** (tries - 1)
    return timedelta(seconds=seconds * random.uniform(1, 1.2))  # noqa: S311  no secret


def _held(lease: Lease) -> QuerySet[Job]:
    return Job.objects.filter(pk=lease.job.pk, lease=lease.token)


def _recount(lease: Lease) -> None:
    """Groups that were committed since the claim may have set the counts back."""
    lease.job.refresh_from_db(fields=["tries", "setbacks"])


def _end(lease: Lease, state: Job.State, **values: Any) -> None:
    if not _held(lease).update(state=state, lease=None, **values):
        raise LeaseLost(lease.job.name)


def _requeue(lease: Lease, reason: str, run_after: datetime, **values: Any) -> None:
    _end(lease, Job.State.QUEUED, worker=None, error=reason, run_after=run_after, **values)
    send(Job.objects.get(pk=lease.job.pk))


def _give_up(lease: Lease, reason: str) -> Job.State:
    _end(lease, Job.State.DEAD, finished_at=now(), error=reason)
    fail_run_of(lease.job, reason)
    return Job.State.DEAD
