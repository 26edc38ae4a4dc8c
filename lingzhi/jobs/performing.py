"""Running one claimed job to its end."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from logging import DEBUG, INFO
from typing import Any

import structlog
from django.db import transaction

from lingzhi.core.origin import Origin, current_origin
from lingzhi.jobs.models import Job
from lingzhi.jobs.patience import AWAY, patiently
from lingzhi.jobs.registry import function_of
from lingzhi.jobs.services.leases import (
    Lease,
    LeaseLost,
    claim_job,
    current_lease,
    fail_try,
    is_settled,
    put_back,
    settle,
)

log = structlog.get_logger("lingzhi.jobs")
REASON_CHARACTERS = 4000


def perform_job(job_id: int) -> None:
    """Claim and run the job of a message that came from outside (a broker's worker)."""
    lease = claim_job(job_id)
    if lease is not None:
        perform(lease)


def perform(lease: Lease) -> BaseException | None:
    """Run the job's function and record how it ended; the error it ended with, if any."""
    with _working_on(lease):
        try:
            return _call(lease)
        except LeaseLost as lost:
            log.warning("job.taken_away", job=lease.job.pk, name=lease.job.name)
            return lost


def _call(lease: Lease) -> BaseException | None:
    try:
        function_of(lease.job.name)(**lease.job.kwargs)
        _settle_unless_done(lease)
    except LeaseLost:
        raise
    except (Exception, SystemExit) as error:  # whatever a function raises is its outcome
        state = patiently(partial(_record_failure, lease, error))
        log.warning("job.failed", state=state.value, error=repr(error), **_facts(lease))
        return error
    log.log(INFO if lease.job.run_id else DEBUG, "job.done", **_facts(lease))
    return None


def _facts(lease: Lease) -> dict[str, Any]:
    return {"job": lease.job.pk, "name": lease.job.name, "tries": lease.job.tries}


@contextmanager
def _working_on(lease: Lease) -> Iterator[None]:
    """The job's lease, and the request it comes from, around its function."""
    held = current_lease.set(lease)
    origin = current_origin.set(Origin(lease.job.request_id, "", "task"))
    try:
        yield
    finally:
        current_origin.reset(origin)
        current_lease.reset(held)


def _settle_unless_done(lease: Lease) -> None:
    if not is_settled(lease):
        with transaction.atomic():
            settle()


def _record_failure(lease: Lease, error: BaseException) -> Job.State:
    if is_setback(error):
        return put_back(lease, reason_of(error), is_setback=True)
    return fail_try(lease, reason_of(error))


def is_setback(error: BaseException) -> bool:
    """Whether the database was busy or away: no fault of the job."""
    return isinstance(error, AWAY)


def reason_of(error: BaseException) -> str:
    """The error in one line, then where it came from: what the page of given-up jobs shows."""
    trace = "".join(traceback.format_exception(error))
    return f"{type(error).__name__}: {error}\n\n{trace[-REASON_CHARACTERS:]}"
