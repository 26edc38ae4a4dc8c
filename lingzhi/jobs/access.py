"""Which runs and jobs a person may see and act upon."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from lingzhi.jobs.models import Job, Run
from lingzhi.jobs.queries import visible_to


def run_to_read(user: Any, pk: int) -> Run:
    """One's own run, or any with `jobs.read`."""
    return get_object_or_404(visible_to(user), pk=pk)


def run_to_cancel(user: Any, pk: int) -> Run:
    """Who started it may stop it; so may `jobs.manage`."""
    run = run_to_read(user, pk)
    if run.started_by_id != user.pk and not user.can("jobs.manage"):
        raise PermissionDenied
    return run


def machinery(user: Any) -> None:
    """Workers, schedules and given-up jobs are shown with `jobs.read`."""
    if not user.can("jobs.read"):
        raise PermissionDenied


def dead_letter_to_decide(user: Any, pk: int) -> Job:
    """A job that was given up, to try again or to discard: `jobs.manage`."""
    machinery(user)
    job = get_object_or_404(Job.objects.exclude(state=Job.State.DONE), pk=pk)
    if not user.can("jobs.manage"):
        raise PermissionDenied
    return job
