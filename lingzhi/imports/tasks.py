"""The two long steps of an import, each repeatable after a kill."""

from django.utils import translation

from lingzhi.imports.models import Batch
from lingzhi.imports.services import publish_batch, stage_batch


def _batch(batch_id: int) -> Batch:
    return Batch.objects.select_related("file", "created_by").get(pk=batch_id)


def _language(batch: Batch) -> str:
    """Problems are written in the language of the person who brought the file."""
    return (batch.created_by.language if batch.created_by else "") or "zh-hans"


def stage(batch_id: int) -> None:
    batch = _batch(batch_id)
    with translation.override(_language(batch)):
        stage_batch(batch)


def publish(batch_id: int) -> None:
    batch = _batch(batch_id)
    with translation.override(_language(batch)):
        publish_batch(batch)
