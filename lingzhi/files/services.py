"""Keeping files: streamed to storage while their SHA-256 is computed."""

import hashlib
import mimetypes
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import PurePath
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.disk import is_disk_full
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.files.models import StoredFile

MAX_BYTES = 512 * 1024 * 1024


class NoRoom(DomainError):
    code = "no_room"
    message = _("There is no room left on the server's disk. Nothing of the file was kept.")


class _Measured(File):
    """A file that counts and hashes what is read from it."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__(source)
        self.source = source
        self.digest = hashlib.sha256()
        self.length = 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        while part := self.source.read(chunk_size or self.DEFAULT_CHUNK_SIZE):
            self.digest.update(part)
            self.length += len(part)
            if self.length > MAX_BYTES:
                raise BadInput(_("The file is larger than 512 MB."), field="file")
            yield part


def store_file(source: BinaryIO, *, name: str, purpose: str, by: User | None) -> StoredFile:
    """Store the bytes of `source` under a name of our own and record it; all of it or nothing.

    Raises BadInput for a file that is too large and NoRoom when the disk is full.
    """
    plain = PurePath(name.replace("\\", "/")).name[:200] or "file"
    measured = _Measured(source)
    stored_as = f"{purpose}/{now():%Y/%m}/{uuid.uuid4().hex}"
    with ExitStack() as undo:
        undo.callback(default_storage.delete, stored_as)
        try:
            default_storage.save(stored_as, measured)
            stored = _record_file(stored_as, plain, purpose, measured, by)
        except (OSError, DatabaseError) as error:
            if is_disk_full(error):
                raise NoRoom() from error
            raise
        undo.pop_all()
    return stored


@transaction.atomic
def discard_file(stored: StoredFile, *, by: User | None) -> None:
    """Delete a file that is no longer needed; who had it and its SHA-256 stay in the audit log.

    The bytes go first: what breaks off is done again, and no bytes stay without their row.
    """
    default_storage.delete(stored.stored_as)
    record(by, "files.deleted", stored, after={"size": stored.size, "sha256": stored.sha256})
    stored.delete()


@transaction.atomic
def _record_file(
    stored_as: str, name: str, purpose: str, measured: _Measured, by: User | None
) -> StoredFile:
    stored = StoredFile.objects.create(
        stored_as=stored_as,
        name=name,
        purpose=purpose,
        size=measured.length,
        sha256=measured.digest.hexdigest(),
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        stored_at=now(),
        stored_by=by,
    )
    record(by, "files.stored", stored, after={"size": stored.size, "sha256": stored.sha256})
    return stored
