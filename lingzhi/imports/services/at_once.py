"""An import in one go, in the process of a command."""

from lingzhi.imports.models import Batch
from lingzhi.imports.services.clearing import clear_batch
from lingzhi.imports.services.publishing import publish_batch
from lingzhi.imports.services.staging import stage_batch


def bring_in(batch: Batch) -> None:
    """Stage, publish and clear up, without workers. Publishes only what has been decided."""
    stage_batch(batch)
    batch.refresh_from_db()
    publish_batch(batch)
    batch.refresh_from_db()
    clear_batch(batch)
