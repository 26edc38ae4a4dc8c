"""What the workbench asks for while a score is given: sound, photos, similar cases."""

import re

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.inspections import access
from lingzhi.inspections.access.photos import photo_to_remove, photo_to_see
from lingzhi.inspections.presenting.reviews import item_of, shown_review
from lingzhi.inspections.queries.similar import similar_cases
from lingzhi.inspections.services.listening import note_heard
from lingzhi.inspections.services.photos import add_photo, kind_of, remove_photo

STRETCH = re.compile(r"(\d{1,9})-(\d{1,9})")
MOST = 500  # stretches that one message is read for


@require_POST
def heard(request: SignedIn, pk: int) -> HttpResponse:
    """What was played of the recording (`heard=0-1200,5000-9000`, ms)."""
    review = access.review_to_score(request.user, pk)
    told = STRETCH.findall(request.POST.get("heard", ""))[:MOST]
    stretches = [(int(start), int(end)) for start, end in told]
    note_heard(review, heard=stretches, length_ms=_number(request.POST.get("length", "")))
    return HttpResponse(status=204)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@require_GET
def similar(request: SignedIn, pk: int, item: str) -> HttpResponse:
    """Decided cases in which the same item failed."""
    review = access.review_to_read(request.user, pk)
    known = item_of(review, item)
    if known is None:
        raise Http404
    context = {
        "review": review,
        "item": known,
        "cases": similar_cases(request.user, review, item),
    }
    name = "_similar.html" if request.htmx else "similar.html"
    return render(request, f"inspections/reviews/{name}", context)


@require_http_methods(["GET", "POST"])
def photos(request: SignedIn, pk: int, item: str) -> HttpResponse:
    """The photos of one item, and a field to add one."""
    review = access.review_to_score(request.user, pk)
    known = item_of(review, item)
    if known is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            _add(request, pk, item)
            return redirect("inspections:review_photos", pk, item)
        except BadInput as refused:
            problem = str(refused.sentence)
    shown = shown_review(review)
    here = next(one for part in shown.sections for one in part.items if one.item.code == item)
    context = {"review": review, "item": known, "one": here, "problem": problem}
    status = 422 if problem else 200
    return render(request, "inspections/reviews/photos.html", context, status=status)


def _add(request: SignedIn, pk: int, item: str) -> None:
    file = request.FILES.get("photo")
    if file is None or file.file is None:
        raise BadInput(_("Choose a photo."), field="photo")
    review = access.review_to_score(request.user, pk)
    add_photo(review, item, file.file, name=file.name or "", by=request.user)
    messages.success(request, _("The photo stands by the answer."))


@require_GET
def photo(request: SignedIn, pk: int) -> FileResponse:
    """The picture itself."""
    found = photo_to_see(request.user, pk)
    if not default_storage.exists(found.file.stored_as):
        raise Http404
    file = default_storage.open(found.file.stored_as, "rb")
    kind = kind_of(file.read(16)) or "application/octet-stream"
    file.seek(0)
    return FileResponse(file, content_type=kind)


@require_POST
def forget_photo(request: SignedIn, pk: int) -> HttpResponse:
    found = photo_to_remove(request.user, pk)
    remove_photo(found, by=request.user)
    return redirect("inspections:review_photos", found.review_id, found.item)
