"""Jobs that were given up: try again, or let them go."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.jobs.messages import send
from lingzhi.jobs.models import Job, Run


class NotGivenUp(DomainError):
    message = _("This job is not among those given up any more.")


@transaction.atomic
def retry_job(job: Job, *, by: Any) -> None:
    """Queue the job anew with all its tries; its run, if it failed with it, goes on."""
    _claim(job, state=Job.State.QUEUED, tries=0, setbacks=0, finished_at=None, run_after=now())
    if job.run_id:
        Run.objects.filter(pk=job.run_id, state=Run.State.FAILED).update(
            state=Run.State.RUNNING, finished_at=None, error=""
        )
    job.refresh_from_db()
    send(job)
    record(by, "jobs.job_retried", job, after={"name": job.name})


@transaction.atomic
def discard_job(job: Job, *, by: Any, reason: str = "") -> None:
    """Let the job go; it stays on record in the audit log."""
    _claim(job, state=Job.State.DISCARDED)
    job.refresh_from_db()
    record(by, "jobs.job_discarded", job, after={"name": job.name}, reason=reason)


def _claim(job: Job, **values: Any) -> None:
    if not Job.objects.filter(pk=job.pk, state=Job.State.DEAD).update(**values):
        raise NotGivenUp()
