"""Pages that belong to no app."""

import sys
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from lingzhi.core.disk import is_disk_full
from lingzhi.core.finding import find_everywhere


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    groups = find_everywhere(request.user, text) if text else []
    return render(request, "core/search.html", {"text": text, "groups": groups})


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the pages with sample data; routed while developing only."""
    return render(request, "core/gallery.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw (500), and a full disk (507, RFC 4918), which is no fault of ours.

    An upload fills the disk before any view is asked. Neither page asks the database.
    """
    status = 507 if is_disk_full(sys.exception()) else 500
    _drop_uploads(request)
    return HttpResponse(render_to_string(f"{status}.html", {"request": request}), status=status)


def _drop_uploads(request: HttpRequest) -> None:
    """Give back the room of a file that did not arrive whole, now and not when memory is tidied."""
    for handler in request.upload_handlers:
        with suppress(OSError):  # closing writes what was held back, which fails again
            handler.upload_interrupted()
