"""The long steps of an import, each repeatable after a kill."""

from lingzhi.imports.models import Batch
from lingzhi.imports.services import clear_batch, drop_abandoned, publish_batch, stage_batch
from lingzhi.jobs.models import Run


def stage(run_id: int, batch_id: int) -> None:
    stage_batch(_batch(batch_id), Run.objects.get(pk=run_id))


def publish(run_id: int, batch_id: int) -> None:
    publish_batch(_batch(batch_id), Run.objects.get(pk=run_id))


def clear(batch_id: int) -> None:
    clear_batch(_batch(batch_id))


def forget_abandoned() -> None:
    drop_abandoned()


def _batch(batch_id: int) -> Batch:
    return Batch.objects.select_related("file", "created_by", "accepted_by").get(pk=batch_id)
