"""Reading runs, jobs, workers and schedules."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Run, Schedule, Worker

SILENT = timedelta(seconds=60)


def visible_to(user: Any) -> QuerySet[Run]:
    """All runs with `jobs.read`, else those the person started."""
    if user.can("jobs.read"):
        return Run.objects.all()
    return Run.objects.filter(started_by_id=user.pk)


def dead_letters() -> QuerySet[Job]:
    """Jobs given up after their last try, newest first."""
    return Job.objects.filter(state=Job.State.DEAD).select_related("run").order_by("-finished_at")


def living_workers() -> QuerySet[Worker]:
    """Workers and schedulers that did not stop, and whose jobs nobody took yet."""
    return Worker.objects.filter(stopped_at=None).order_by("kind", "started_at")


def has_heartbeat(kind: str) -> bool:
    """Whether any worker or scheduler gave a sign of life within the last minute."""
    return Worker.objects.filter(kind=kind, stopped_at=None, beat_at__gte=now() - SILENT).exists()


def schedules() -> QuerySet[Schedule]:
    return Schedule.objects.select_related("last_job")


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much one queue has to do."""

    queue: str
    waiting: int
    running: int


def backlog() -> list[Backlog]:
    """Jobs in flight by queue."""
    rows = (
        Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
        .values_list("queue", "state")
        .annotate(number=Count("pk"))
        .order_by("queue")
    )
    numbers = {(queue, state): number for queue, state, number in rows}
    return [
        Backlog(
            queue,
            numbers.get((queue, Job.State.QUEUED), 0),
            numbers.get((queue, Job.State.RUNNING), 0),
        )
        for queue in ("short", "long")
    ]
