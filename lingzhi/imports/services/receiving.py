"""A file arrives: it is kept, and looked at."""

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.intake import ImportKind
from lingzhi.files.models import StoredFile
from lingzhi.files.services import discard_file, store_file
from lingzhi.imports.formats import Unreadable, detect
from lingzhi.imports.models import Batch


def receive_file(
    kind: ImportKind,
    content: BinaryIO,
    *,
    name: str,
    source: str,
    adapter: str = "",
    by: User | None,
) -> Batch:
    """Keep a file that was brought and find out how it can be read; its mapping stays open.

    Raises Unreadable for a file that cannot be read at all, and keeps nothing of it.
    """
    with ExitStack() as undo:
        stored = store_file(content, name=name, purpose="import", by=by)
        undo.callback(partial(discard_file, stored, by=by))
        path = Path(default_storage.path(stored.stored_as))
        options = _adapted(kind, path, adapter) if adapter else detect(path, stored.name)
        batch = open_batch(kind, source=source, file=stored, options=options, by=by)
        undo.pop_all()
    return batch


def _adapted(kind: ImportKind, path: Path, adapter: str) -> dict[str, Any]:
    """Let the data set's own reader look at the first record: it raises Unreadable."""
    if next(iter(kind.adapters[adapter].read(path)), None) is None:
        raise Unreadable(_("The file is empty."))
    return {"adapter": adapter}


@transaction.atomic
def open_batch(
    kind: ImportKind,
    *,
    source: str,
    file: StoredFile,
    options: dict[str, Any],
    by: User | None,
) -> Batch:
    """A file that waits for the decision how its columns are read."""
    batch = Batch.objects.create(
        kind=kind.code,
        source=source,
        file=file,
        file_name=file.name,
        file_size=file.size,
        file_sha256=file.sha256,
        options=options,
        created_at=now(),
        created_by=by,
    )
    record(
        by,
        "imports.received",
        batch,
        after={"kind": kind.code, "source": source, "sha256": file.sha256},
    )
    return batch
