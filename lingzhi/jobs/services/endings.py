"""What a job's fate means for the run it belongs to."""

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Run


def start_run_of(job: Job) -> None:
    """The first try starts the run; later tries go on with it."""
    if job.run is None:
        return
    moment = now()
    started = Run.objects.filter(pk=job.run.pk, state=Run.State.QUEUED).update(
        state=Run.State.RUNNING, started_at=moment
    )
    if started:
        job.run.state, job.run.started_at = Run.State.RUNNING, moment


def close_run_of(job: Job) -> None:
    """A job that is done ends its run: cancelled where that was asked, else done.

    A run that its function finished or failed itself stays as it is.
    """
    if job.run is None:
        return
    open_run = Run.objects.filter(pk=job.run.pk, finished_at=None)
    if not open_run.filter(cancel_requested_at__isnull=False).update(
        state=Run.State.CANCELLED, finished_at=now()
    ):
        open_run.update(state=Run.State.DONE, finished_at=now())


def fail_run_of(job: Job, reason: str) -> None:
    """A job that was given up fails its run, with the reason."""
    if job.run is not None:
        Run.objects.filter(pk=job.run.pk, finished_at=None).update(
            state=Run.State.FAILED, finished_at=now(), error=reason
        )
