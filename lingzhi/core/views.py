"""Pages that belong to no app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

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
