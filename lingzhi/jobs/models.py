"""Background work: jobs, the workers that hold them, recurring schedules, and runs people watch.

A `Job` row is the truth about one piece of work; the queue of django-tasks carries only messages
that point to it, so a message that is lost, doubled or late can do no harm (ADR 0007).
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """A process that takes jobs or fires schedules. It lives as long as `beat` keeps growing."""

    class Kind(models.TextChoices):
        WORKER = "worker", _("Worker")
        SCHEDULER = "scheduler", _("Scheduler")
        LIVE = "live", _("Live inspection")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    host = models.CharField(_("host"), max_length=120)
    pid = models.PositiveIntegerField(_("process number"))
    queues = models.JSONField(_("queues"), default=list)
    beat = models.PositiveBigIntegerField(_("heartbeat"), default=0)
    beat_at = models.DateTimeField(_("last heartbeat at"))
    started_at = models.DateTimeField(_("started at"))
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.host} {self.pid}"


class Run(models.Model):
    """A piece of background work that means something to people: they see its progress.

    `done` of `total` rows are through; `position` is where a new try goes on; `counts` are the
    figures of the result. The person is kept as id and label, as in the audit log.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("kind"), max_length=80, db_index=True)
    label = models.CharField(_("what"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    total = models.PositiveBigIntegerField(_("in all"), null=True, blank=True)
    done = models.PositiveBigIntegerField(_("through"), default=0)
    position = models.CharField(_("position"), max_length=200, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    started_by_id = models.BigIntegerField(_("started by"), null=True, db_index=True)
    started_by_label = models.CharField(_("started by"), max_length=120, blank=True)
    queued_at = models.DateTimeField(_("queued at"))
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    cancel_requested_at = models.DateTimeField(_("cancel requested at"), null=True, blank=True)
    cancel_requested_by = models.CharField(_("cancel requested by"), max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"]) ^ Q(finished_at__isnull=False),
                name="run_finished_iff_it_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def percent(self) -> int | None:
        """0 to 100; None while the total is not known."""
        if self.state == self.State.DONE:
            return 100
        if not self.total:
            return None
        return min(100, 100 * self.done // self.total)


class Job(models.Model):
    """One call of a function in `settings.JOBS`, and what became of it.

    `lease` is made new by each claim: only who holds it may settle, fail or advance the job.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        DEAD = "dead", _("Given up")
        DISCARDED = "discarded", _("Discarded")

    name = models.CharField(_("task"), max_length=80)
    kwargs = models.JSONField(_("arguments"), default=dict, blank=True)
    queue = models.CharField(_("queue"), max_length=8)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    run = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="jobs", verbose_name=_("run")
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    setbacks = models.PositiveSmallIntegerField(_("waits for the database"), default=0)
    worker = models.ForeignKey(
        Worker,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("worker"),
    )
    lease = models.UUIDField(_("lease"), null=True, blank=True)
    queued_at = models.DateTimeField(_("queued at"))
    run_after = models.DateTimeField(_("not before"))
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    error = models.TextField(_("reason"), blank=True)
    request_id = models.CharField(_("request"), max_length=32, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "queue"]),
            models.Index(
                fields=["finished_at"], condition=Q(state="done"), name="jobs_done_by_time"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running") ^ Q(lease__isnull=True),
                name="job_is_leased_iff_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"]) ^ Q(finished_at__isnull=False),
                name="job_finished_iff_it_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class Schedule(models.Model):
    """Recurring work from `settings.SCHEDULES`; who moves `next_at` on, queues the job."""

    name = models.CharField(_("task"), max_length=80, unique=True)
    timing = models.CharField(_("timing"), max_length=60)
    next_at = models.DateTimeField(_("next"))
    last_at = models.DateTimeField(_("last"), null=True, blank=True)
    last_job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("last job")
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.timing}"
