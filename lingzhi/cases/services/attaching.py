"""Files beside a case: checked by their first bytes, hashed, and nobody's without a trace."""

from pathlib import PurePath
from typing import IO, Any, BinaryIO, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, CaseFile
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.words import kept
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.files.services import discard_file, store_file

MOST_BYTES = 20 * 1024 * 1024
MOST = 30  # of one case
PACKED = b"PK\x03\x04"
# A name proves nothing: each kind begins with its own bytes. Text has none, but no zero byte.
BEGINS: dict[str, tuple[bytes, ...]] = {
    ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG\r\n\x1a\n",),
    ".pdf": (b"%PDF-",), ".docx": (PACKED,), ".xlsx": (PACKED,), ".wav": (b"RIFF",),
    ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), ".txt": (), ".csv": (),
}  # fmt: skip


@transaction.atomic
def add_file(
    case: Case, source: IO[Any], *, name: str, note: str = "", by: User | None
) -> CaseFile:
    """Keep a file beside the case. Raises BadInput for what is too much, or not what it says.

    `by` is None where the customer sent it.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    _require_kind(source, name)
    if case.files.count() >= MOST:
        raise BadInput(_("A case takes at most thirty files."), field="file")
    stored = store_file(cast(BinaryIO, source), name=name, purpose="case", by=by)
    found = CaseFile.objects.create(
        case=case, file=stored, note=kept(note, 200), added_at=now(), added_by=by
    )
    note_event(case, CaseEvent.Kind.FILE_ADDED, by=by, text=stored.name)
    record(by, "cases.file_added", case, after={"size": stored.size, "sha256": stored.sha256})
    return found


@transaction.atomic
def remove_file(found: CaseFile, *, by: User) -> None:
    """Take a file away; its name stays in the history, its SHA-256 in the audit log."""
    stored = found.file
    note_event(found.case, CaseEvent.Kind.FILE_REMOVED, by=by, text=stored.name)
    record(by, "cases.file_removed", found.case, before={"sha256": stored.sha256})
    found.delete()
    discard_file(stored, by=by)


def _require_kind(source: IO[Any], name: str) -> None:
    size = source.seek(0, 2)
    source.seek(0)
    head = source.read(4096)
    source.seek(0)
    if not size or size > MOST_BYTES:
        raise BadInput(_("A file holds something, and at most 20 MB."), field="file")
    begins = BEGINS.get(PurePath(name).suffix.lower())
    if begins is None:
        raise BadInput(_("Pictures, sound, PDF, Word, Excel and text can be kept."), field="file")
    if (begins and not head.startswith(begins)) or (not begins and b"\0" in head):
        raise BadInput(_("The file is not what its name says."), field="file")
