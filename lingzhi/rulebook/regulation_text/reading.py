"""Any file or pasted text as blocks, within bounds of size."""

from collections.abc import Iterable
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from lingzhi.rulebook.regulation_text.blocks import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    Block,
    Trouble,
    Unreadable,
)
from lingzhi.rulebook.regulation_text.markdown import (
    looks_like_markdown,
    markdown_blocks,
    plain_blocks,
)
from lingzhi.rulebook.regulation_text.packages import NOT_WORD, OLE
from lingzhi.rulebook.regulation_text.word import word_blocks

MAX_BYTES = 30 * 1024 * 1024
_BINARY = (b"PK\x03\x04", b"PK\x05\x06", b"%PDF", b"{\\rtf", OLE)


def read_file(content: bytes, name: str) -> list[Block]:
    """The blocks of a file: .docx by its content, .md by its name, else plain text.

    Raises Unreadable.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(Trouble(_("The file is larger than 30 MB. Leave its pictures out.")))
    ending = PurePath(name).suffix.lower()
    if content.startswith(_BINARY) or ending in {".docx", ".doc"} or not content:
        return _bounded(word_blocks(content))
    text = decoded(content)
    if ending in {".md", ".markdown"} or looks_like_markdown(text):
        return _bounded(markdown_blocks(_short(text)))
    return _bounded(plain_blocks(_short(text)))


def read_text(text: str) -> list[Block]:
    """The blocks of a pasted text. Raises Unreadable."""
    blocks = markdown_blocks if looks_like_markdown(text) else plain_blocks
    return _bounded(blocks(_short(text)))


def decoded(content: bytes) -> str:
    """A text file in UTF-8, UTF-16 with its mark, or GB 18030. Raises Unreadable."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(Trouble(NOT_WORD))


def _short(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise _too_long()
    return text


def _bounded(blocks: Iterable[Block]) -> list[Block]:
    found: list[Block] = []
    characters = 0
    for block in blocks:
        found.append(block)
        characters += len(block.text)
        if len(found) > MAX_BLOCKS or characters > MAX_CHARACTERS:
            raise _too_long()
    return found


def _too_long() -> Unreadable:
    return Unreadable(
        Trouble(_("The text is longer than 2,000,000 characters or 20,000 paragraphs."))
    )
