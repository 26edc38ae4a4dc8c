"""Runs: background work whose progress people see, and may cancel."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.jobs.models import Job, Run
from lingzhi.jobs.registry import check_arguments
from lingzhi.jobs.services.leases import current_lease, hold
from lingzhi.jobs.services.queueing import enqueue


class RunIsFinished(DomainError):
    message = _("This work has ended already, or is being stopped.")


@transaction.atomic
def start_run(
    kind: str,
    label: str,
    *,
    by: Any,
    total: int | None = None,
    queue: str = "long",
    **kwargs: Any,
) -> Run:
    """Queue the function `kind` of `settings.JOBS` as work that people watch.

    The function is called as `function(run_id=…, **kwargs)`. It works in groups, each in its own
    transaction that writes the group and ends with `advance`; between groups it asks
    `is_cancelled`. After a crash it is called again and goes on from `run.position` or `run.done`.
    When it returns, the run is done; a run that was asked to stop is cancelled.
    """
    check_arguments(kind, {"run_id": 0, **kwargs})
    run = Run.objects.create(
        kind=kind,
        label=label[:200],
        total=total,
        started_by_id=by.pk if by is not None else None,
        started_by_label=by.audit_label if by is not None else "",
        queued_at=now(),
    )
    enqueue(kind, {"run_id": run.pk, **kwargs}, queue=queue, run=run)
    record(by, "jobs.run_started", run, after={"kind": kind, "total": total})
    return run


@transaction.atomic
def advance(
    run: Run,
    *,
    done: int = 0,
    counts: dict[str, int] | None = None,
    position: str | None = None,
    total: int | None = None,
) -> None:
    """Add `done` rows and `counts` to the run, in the transaction that wrote those rows.

    `position` (where to go on) and `total` replace what was there. The given object is brought up
    to date. A job whose run gets on has its tries counted anew. Raises LeaseLost when another
    worker has the job, RunIsFinished after its end: both roll the group back.
    """
    lease = current_lease.get()
    if lease is not None and lease.job.run_id == run.pk:
        hold(lease, got_on=done > 0)
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.is_finished:
        raise RunIsFinished()
    row.done += done
    for key, number in (counts or {}).items():
        row.counts[key] = row.counts.get(key, 0) + number
    row.position = row.position if position is None else position
    row.total = row.total if total is None else total
    row.save(update_fields=["done", "counts", "position", "total"])
    run.done, run.counts, run.position, run.total = row.done, row.counts, row.position, row.total


def is_cancelled(run: Run) -> bool:
    """Whether somebody asked the run to stop: the function then tidies up and returns."""
    return Run.objects.filter(pk=run.pk, cancel_requested_at__isnull=False).exists()


@transaction.atomic
def finish_run(run: Run, *, counts: dict[str, int] | None = None) -> None:
    """End the run as done, with figures that replace those of the same name.

    Needed only where the end belongs into the transaction of the last group, or for the figures.
    """
    _end_run(run, Run.State.DONE, counts=run.counts | (counts or {}))


@transaction.atomic
def fail_run(run: Run, error: str) -> None:
    """End the run as failed with a sentence for people: a new try would not help."""
    _end_run(run, Run.State.FAILED, error=error)


@transaction.atomic
def cancel_run(run: Run, *, by: Any) -> None:
    """Ask the run to stop. One that still waits ends at once, a running one after its group."""
    moment = now()
    asked = Run.objects.filter(pk=run.pk, finished_at=None, cancel_requested_at=None).update(
        cancel_requested_at=moment,
        cancel_requested_by=by.audit_label if by is not None else "",
    )
    if not asked:
        raise RunIsFinished()
    waiting = Job.objects.filter(run=run, state=Job.State.QUEUED, tries=0)
    if waiting.update(state=Job.State.DISCARDED, finished_at=moment):
        Run.objects.filter(pk=run.pk).update(state=Run.State.CANCELLED, finished_at=moment)
    record(by, "jobs.run_cancelled", run, before={"state": run.state})
    run.refresh_from_db()


def _end_run(run: Run, state: Run.State, **values: Any) -> None:
    moment = now()
    ended = Run.objects.filter(pk=run.pk, finished_at=None).update(
        state=state, finished_at=moment, **values
    )
    if not ended:
        raise RunIsFinished()
    run.refresh_from_db()
