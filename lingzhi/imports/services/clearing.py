"""Nothing of a file stays behind: it is deleted once its import is over, or was forgotten."""

from datetime import timedelta

from django.db import transaction

from lingzhi.core.clock import now
from lingzhi.files.models import StoredFile
from lingzhi.files.services import discard_file
from lingzhi.imports.models import Batch, StagedRow
from lingzhi.imports.services.deciding import OPEN, drop_batch

GROUP = 1000
ABANDONED = timedelta(days=14)
STRAY = timedelta(days=1)


def clear_batch(batch: Batch) -> None:
    """Delete the file and the staged rows of an import that is over; name and SHA-256 stay."""
    if not batch.is_over:
        return
    while keys := list(batch.rows.values_list("pk", flat=True)[:GROUP]):
        StagedRow.objects.filter(pk__in=keys).delete()
    stored = batch.file
    if stored is not None:
        with transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(file=None)
            discard_file(stored, by=None)


def drop_abandoned() -> int:
    """Drop imports that nobody has decided about for two weeks; their number.

    Files whose upload ended before the import was noted are deleted too.
    """
    moment = now()
    left = Batch.objects.filter(
        created_at__lt=moment - ABANDONED, published_rows=0, known_rows=0, conflict_rows=0, **OPEN
    ).select_related("run", "file")
    dropped = [batch for batch in left if batch.state in WAITING]
    for batch in dropped:
        drop_batch(batch, by=None)
    stray = StoredFile.objects.filter(purpose="import", stored_at__lt=moment - STRAY, batch=None)
    for stored in stray:
        discard_file(stored, by=None)
    return len(dropped)


WAITING = {Batch.State.RECEIVED, Batch.State.UNDECIDED, Batch.State.STOPPED}
