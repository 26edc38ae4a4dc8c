"""Telling a Word file from what only looks like one, before anything unpacks it."""

import io
import zipfile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.rulebook.regulation_text.blocks import Trouble, Unreadable

MAX_PARTS = 5000
MAX_UNPACKED = 120 * 1024 * 1024
MAX_XML = 30 * 1024 * 1024  # the text of 500 pages has about 5 MB
MAX_RATIO = 200  # XML packs 10 to 30 times smaller, bombs far more
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

DAMAGED = _("The Word file is damaged and cannot be opened. Save it again in Word.")
BOMB = _("The file unpacks to far more than it pretends. It was not opened.")
NOT_WORD = _("This is no Word file. Bring in .docx, Markdown or plain text.")
_STRANGERS = (
    (b"%PDF", _("This is a PDF. Bring in the Word file it was made from, or paste its text.")),
    (b"{\\rtf", _("This is an RTF file. Save it as .docx and bring it in again.")),
)


def refuse_strangers(content: bytes) -> None:
    """Raise Unreadable for what is no .docx, with what it is and what to do about it."""
    if not content:
        raise Unreadable(Trouble(_("The file is empty.")))
    if content.startswith(OLE):
        raise Unreadable(Trouble(_old_or_locked(content)))
    for start, sentence in _STRANGERS:
        if content.startswith(start):
            raise Unreadable(Trouble(sentence))
    if not content.startswith(b"PK"):
        raise Unreadable(Trouble(NOT_WORD))


def _old_or_locked(content: bytes) -> Promise:
    if ENCRYPTED in content:
        return _("The Word file is protected with a password. Remove it and bring it in again.")
    return _("This is an old Word file (.doc). Save it as .docx and bring it in again.")


def refuse_bombs(content: bytes) -> None:
    """Raise Unreadable for a broken archive and for one that would unpack to too much.

    The sizes an archive declares are what `zipfile` reads at most, so they can be trusted here.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise Unreadable(Trouble(DAMAGED)) from problem
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(Trouble(BOMB))
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Trouble(DAMAGED))
    if any(_is_bomb(part) for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise Unreadable(Trouble(BOMB))
    if not any(part.filename == "word/document.xml" for part in parts):
        raise Unreadable(Trouble(NOT_WORD))


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    if part.file_size > MAX_XML:
        return True
    return part.file_size > 1024 * 1024 and part.file_size > MAX_RATIO * max(part.compress_size, 1)
