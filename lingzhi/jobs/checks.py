"""I12: every job is waiting, running, done, given up or discarded, and none is forgotten."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from lingzhi.core.clock import now
from lingzhi.core.verification import Problem
from lingzhi.jobs.models import Job, Run

MEMORY = timedelta(minutes=2)  # a dead worker's jobs are free again long before


def work() -> Iterator[Problem]:
    """Waiting jobs nobody will be told of, running ones nobody works on, runs without a job."""
    yield from _unheard()
    yield from _abandoned()
    yield from _runs_without_work()


def _unheard() -> Iterator[Problem]:
    """Only the database backend's messages can be counted; a broker keeps its own."""
    if not str(settings.TASKS["default"]["BACKEND"]).startswith("django_tasks_db."):
        return
    announced = {
        arguments["args"][0]
        for arguments in DBTaskResult.objects.values_list("args_kwargs", flat=True)
    }
    for job in Job.objects.filter(state=Job.State.QUEUED).exclude(pk__in=announced):
        yield Problem(f"job {job.pk} {job.name}", "waits, but no message announces it")


def _abandoned() -> Iterator[Problem]:
    running = Job.objects.filter(state=Job.State.RUNNING).select_related("worker")
    for job in running:
        beat_at = job.worker.beat_at if job.worker else job.started_at
        if beat_at is None or beat_at < now() - MEMORY:
            yield Problem(f"job {job.pk} {job.name}", "runs, but its worker gives no sign of life")


def _runs_without_work() -> Iterator[Problem]:
    busy = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING], run__isnull=False)
    forgotten = Run.objects.filter(finished_at=None).exclude(pk__in=busy.values("run"))
    for run in forgotten:
        yield Problem(f"run {run.pk} {run.kind}", f"is {run.state}, but no job works on it")
