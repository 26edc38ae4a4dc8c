"""Sound by range: a player can jump anywhere without loading the whole file (RFC 9110 §14)."""

import re
from collections.abc import Iterator

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from lingzhi.contacts.models import Recording

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def ranged_answer(request: HttpRequest, recording: Recording) -> HttpResponse:
    """The recording or the part that `Range` asks for: 200, 206 or 416."""
    if recording.file is None or not default_storage.exists(recording.file.stored_as):
        raise Http404
    size = recording.file.size
    wanted = RANGE.fullmatch(request.headers.get("Range", ""))
    start, end = _bounds(wanted, size) if wanted else (0, size - 1)
    if start > end or start >= size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file = default_storage.open(recording.file.stored_as, "rb")
    answer = StreamingHttpResponse(
        _part(file, start, end - start + 1),
        status=206 if wanted else 200,
        content_type=recording.file.content_type,
    )
    answer["Content-Length"] = str(end - start + 1)
    answer["Accept-Ranges"] = "bytes"
    if wanted:
        answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    return answer  # type: ignore[return-value]


def _bounds(wanted: re.Match[str], size: int) -> tuple[int, int]:
    first, last = wanted.groups()
    if not first:
        return max(0, size - int(last or 0)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(file: File[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
