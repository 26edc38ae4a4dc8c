"""Inspection in the background: new contacts as they come, whole archives on demand."""

from django.db import transaction

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters, published, visible_to
from lingzhi.inspections.models import InspectionRun
from lingzhi.inspections.services import inspect_contacts as judge
from lingzhi.inspections.services import inspect_next, snapshot_now
from lingzhi.jobs.services import advance, is_cancelled


def inspect_contacts(contact_ids: list[int]) -> None:
    """Judge some contacts as they come in."""
    contacts = Contact.objects.filter(pk__in=contact_ids).select_related("channel")
    judge(list(contacts), snapshot_now())


def inspect_batch(batch_id: int) -> None:
    """Judge everything an import brought; a repeated try goes on where the last one ended."""
    snapshot = snapshot_now()
    rows = Contact.objects.filter(batch_id=batch_id)
    position, _counts = inspect_next(snapshot, rows)
    while position:
        position, _counts = inspect_next(snapshot, rows, position)


def run_inspection(run_id: int) -> None:
    """A run over stored contacts, as far as the person who started it may see."""
    started = InspectionRun.objects.select_related("run", "snapshot", "started_by").get(
        run_id=run_id
    )
    run = started.run
    rows = visible_to(started.started_by) if started.started_by else published()
    rows = Filters.from_json(started.filters).apply(rows)
    position = int(run.position or 0)
    while not is_cancelled(run):
        position, counts = inspect_next(started.snapshot, rows, position)
        if not position:
            break
        with transaction.atomic():
            advance(run, done=counts["conversations"], counts=counts, position=str(position))
