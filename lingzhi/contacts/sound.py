"""Whether a file is sound, by what stands at its beginning: a name proves nothing."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.errors import BadInput

SUFFIXES = {".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a"}
HEAD = 12


class NotSound(BadInput):
    message = _("This is not a sound file that can be played.")

    def __init__(self) -> None:
        super().__init__(self.message, field="file")


def is_sound(file: Any) -> bool:
    """Whether the file begins like WAV, MP3, FLAC, Ogg (Vorbis, Opus) or MP4 (m4a).

    The file stays where it was.
    """
    at = file.tell()
    head = file.read(HEAD)
    file.seek(at)
    return (
        (head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE")
        or head.startswith((b"ID3", b"fLaC", b"OggS"))
        or head[4:8] == b"ftyp"
        or _is_mpeg_frame(head)
    )


def _is_mpeg_frame(head: bytes) -> bool:
    """Eleven set bits, then a version and a layer that exist (ISO/IEC 11172-3, 2.4.1.3)."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    return head[1] & 0x18 != 0x08 and head[1] & 0x06 != 0
