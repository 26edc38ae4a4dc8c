"""What goes with a letter (附件): named when it is queued, read when it leaves."""

from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from hashlib import sha256
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from lingzhi.core.errors import BadInput
from lingzhi.files.models import StoredFile

MOST = 10
MOST_BYTES = 20 * 1024 * 1024  # of all: many servers refuse more than 25 MB, a third is encoding


class FileGone(Exception):
    """A file that was to go with the letter is not there any more, or is another one."""


def named(files: Sequence[StoredFile]) -> list[dict[str, Any]]:
    """What the row of the letter keeps. Raises BadInput for what is too much for mail servers."""
    if len(files) > MOST or sum(one.size for one in files) > MOST_BYTES:
        raise BadInput(_("A mail takes at most ten files, 20 MB together."), field="papers")
    return [
        {"file": one.pk, "name": one.name, "size": one.size, "sha256": one.sha256} for one in files
    ]


def attach(letter: EmailMessage, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put the files into the letter. Raises FileGone: nobody gets half of what was written."""
    known = StoredFile.objects.in_bulk([row["file"] for row in rows])
    for row in rows:
        stored = known.get(row["file"])
        if stored is None or not default_storage.exists(stored.stored_as):
            raise FileGone(row["name"])
        with default_storage.open(stored.stored_as, "rb") as file:
            content = file.read()
        if sha256(content).hexdigest() != row["sha256"]:
            raise FileGone(row["name"])
        kind, _slash, further = stored.content_type.partition("/")
        letter.add_attachment(content, maintype=kind, subtype=further, filename=stored.name)
