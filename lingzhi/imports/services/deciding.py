"""What people decide about an import: its mapping, what happens to it despite problems, its end."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.imports.models import Batch, Mapping
from lingzhi.jobs.services import RunIsFinished, cancel_run, later, start_run

OPEN = {"finished_at": None, "refused_at": None, "dropped_at": None}


class AlreadyDecided(DomainError):
    message = _("This import is already under way, finished or dropped.")


class NotStaged(DomainError):
    message = _("The file is still being read.")


class NothingToPublish(DomainError):
    message = _("Every row has a problem: there is nothing to publish.")


class UnderWay(DomainError):
    message = _("This import is being published; it can no longer be dropped.")


class NotStopped(DomainError):
    message = _("This import has not stopped.")


@transaction.atomic
def start_batch(
    batch: Batch,
    *,
    columns: dict[str, Any],
    options: dict[str, Any],
    by: User | None,
    is_queued: bool = True,
) -> None:
    """Decide how the file is read, and read it. The next file of this source begins with it.

    A command that works in its own process gives `is_queued=False`.
    """
    waiting = Batch.objects.filter(pk=batch.pk, started_at=None, **OPEN)
    if not waiting.update(started_at=now(), columns=columns, options=options):
        raise AlreadyDecided()
    batch.refresh_from_db()
    if "adapter" not in options:
        Mapping.objects.update_or_create(
            kind=batch.kind,
            source=batch.source,
            defaults={"columns": columns, "options": options, "changed_at": now()},
        )
    record(by, "imports.started", batch, after={"fields": sorted(columns)})
    if is_queued:
        run_step(batch, "imports.stage", by=by)


@transaction.atomic
def accept_batch(batch: Batch, *, by: User | None, is_queued: bool = True) -> None:
    """Publish the good rows although others have problems."""
    if batch.staged_at is None and not batch.is_over:
        raise NotStaged()
    if batch.staged_at is not None and batch.good_rows == 0:
        raise NothingToPublish()
    undecided = Batch.objects.filter(
        pk=batch.pk, staged_at__isnull=False, accepted_at=None, bad_rows__gt=0, **OPEN
    )
    if not undecided.update(accepted_at=now(), accepted_by=by):
        raise AlreadyDecided()
    batch.refresh_from_db()
    record(by, "imports.accepted", batch, after={"bad": batch.bad_rows, "good": batch.good_rows})
    if is_queued:
        run_step(batch, "imports.publish", by=by)


@transaction.atomic
def drop_batch(batch: Batch, *, by: User | None) -> None:
    """Give an import up of which nothing is published yet; its file and rows are deleted."""
    if batch.is_over:
        raise AlreadyDecided()
    untouched = Batch.objects.filter(
        pk=batch.pk, published_rows=0, known_rows=0, conflict_rows=0, **OPEN
    )
    if not untouched.update(dropped_at=now(), dropped_by=by):
        raise UnderWay()
    batch.refresh_from_db()
    if batch.run is not None and not batch.run.is_finished:
        try:
            cancel_run(batch.run, by=by)
        except RunIsFinished:
            batch.run.refresh_from_db()
    record(by, "imports.dropped", batch, after={"rows": batch.staged_rows})
    later("imports.clear", batch_id=batch.pk)


@transaction.atomic
def resume_batch(batch: Batch, *, by: User) -> None:
    """Go on with an import that stopped: its work was cancelled or failed for good."""
    if batch.state != Batch.State.STOPPED:
        raise NotStopped()
    record(by, "imports.resumed", batch)
    run_step(batch, "imports.publish" if batch.staged_at else "imports.stage", by=by)


def run_step(batch: Batch, name: str, *, by: User | None) -> None:
    """Queue a step as work that people watch."""
    total = batch.good_rows if name == "imports.publish" else None
    label = f"{batch.file_name} ({batch.source})"
    batch.run = start_run(name, label, by=by, total=total, batch_id=batch.pk)
    batch.save(update_fields=["run"])
