"""Files beside a case: checked by their first bytes, hashed, and nobody's without a trace."""

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
from lingzhi.files.kinds import is_known, is_what_it_says
from lingzhi.files.services import discard_file, store_file

MOST_BYTES = 20 * 1024 * 1024
MOST = 30  # of one case


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
    if not size or size > MOST_BYTES:
        raise BadInput(_("A file holds something, and at most 20 MB."), field="file")
    if not is_known(name):
        raise BadInput(_("Pictures, sound, PDF, Word, Excel and text can be kept."), field="file")
    if not is_what_it_says(source, name):
        raise BadInput(_("The file is not what its name says."), field="file")
