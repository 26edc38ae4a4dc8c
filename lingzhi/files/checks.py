"""I13: files and rows agree both ways, and each file is what it was."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from lingzhi.core.verification import Problem
from lingzhi.files.models import StoredFile

CHUNK = 1024 * 1024


def rows_and_files() -> Iterator[Problem]:
    """Name rows without their file, files that changed, and files without a row."""
    known = set()
    for stored in StoredFile.objects.iterator(1000):
        known.add(stored.stored_as)
        yield from _compare(stored)
    for name in _files_below(Path(settings.MEDIA_ROOT)):
        if name not in known:
            yield Problem(f"file {name}", "no row knows this file")


def _compare(stored: StoredFile) -> Iterator[Problem]:
    place = f"files.storedfile/{stored.pk}"
    if not default_storage.exists(stored.stored_as):
        yield Problem(place, "the file is missing")
        return
    digest = hashlib.sha256()
    with default_storage.open(stored.stored_as, "rb") as file:
        while part := file.read(CHUNK):
            digest.update(part)
    if digest.hexdigest() != stored.sha256:
        yield Problem(place, "the file is not what was stored")


def _files_below(root: Path) -> Iterator[str]:
    for folder, _folders, names in os.walk(root):
        for name in names:
            yield str((Path(folder) / name).relative_to(root))
