"""Which files people may bring, and whether a file is what its name says."""

from pathlib import PurePath
from typing import IO, Any

PACKED = b"PK\x03\x04"
# A name proves nothing: each kind begins with its own bytes. Text has none, but no zero byte.
BEGINS: dict[str, tuple[bytes, ...]] = {
    ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG\r\n\x1a\n",),
    ".gif": (b"GIF87a", b"GIF89a"), ".pdf": (b"%PDF-",), ".docx": (PACKED,), ".xlsx": (PACKED,),
    ".wav": (b"RIFF",), ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    ".txt": (), ".csv": (),
}  # fmt: skip
PICTURES = (".jpg", ".jpeg", ".png", ".gif")


def is_known(name: str) -> bool:
    """Whether files of this ending are taken at all."""
    return PurePath(name).suffix.lower() in BEGINS


def is_what_it_says(source: IO[Any], name: str) -> bool:
    """Whether the first bytes are those of its ending; the file is read from its begin again."""
    begins = BEGINS[PurePath(name).suffix.lower()]
    source.seek(0)
    head = source.read(4096)
    source.seek(0)
    return head.startswith(begins) if begins else b"\0" not in head
