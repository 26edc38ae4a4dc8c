"""Reading and confirming (宣贯), proofs of lawful adoption, subordinate documents."""

from typing import BinaryIO, cast

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.files.models import StoredFile
from lingzhi.files.services import store_file
from lingzhi.rulebook import access, services
from lingzhi.rulebook.forms.reading import QuizForm
from lingzhi.rulebook.forms.regulations import SlotForm, StepForm
from lingzhi.rulebook.models import Regulation, Version
from lingzhi.rulebook.presenting.lists import ShownSlot, shown_slots
from lingzhi.rulebook.presenting.text import shown_chapters
from lingzhi.rulebook.queries import quiz_of, readings_of, unread_by, version_in_force


@require_http_methods(["GET", "POST"])
def read(request: SignedIn, pk: int) -> HttpResponse:
    """The text in plain words with its short quiz; whoever passes has confirmed it."""
    version = access.version_to_read(request.user, pk)
    questions = quiz_of(version)
    form = QuizForm(request.POST or None, questions=questions)
    mine = version.readings.filter(person=request.user).first()
    if request.method == "POST" and form.is_valid():
        mine = services.confirm_reading(version, answers=form.answers(), by=request.user)
        if mine.confirmed_at is not None:
            messages.success(request, _("Thank you: it is noted that you have read this."))
            return redirect("rulebook:regulation", version.regulation_id)
        form.add_error(None, _("Not every answer was right. Look it up above and try once more."))
    context = {"version": version, "chapters": shown_chapters(version), "form": form, "mine": mine}
    status = 422 if form.errors else 200
    return render(request, "rulebook/read.html", context, status=status)


@require_GET
def readers(request: SignedIn, pk: int) -> HttpResponse:
    """Who has confirmed, and who has not."""
    version = access.version_to_change(request.user, pk)
    context = {
        "version": version,
        "page": page_of(request, readings_of(version).exclude(confirmed_at=None)),
        "unread": unread_by(version),
    }
    return render(request, "rulebook/readers.html", context)


@require_http_methods(["GET", "POST"])
def record_step(request: SignedIn, pk: int, number: str) -> HttpResponse:
    """How a clause that touches pay, discipline or working time was lawfully adopted."""
    regulation = access.regulation_to_change(request.user, pk)
    clause = access.clause_to_read(request.user, pk, number)
    form = StepForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, regulation, number, form)
            return redirect("rulebook:clause", pk, number)
        except BadInput as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
    status = 422 if request.method == "POST" else 200
    context = {"regulation": regulation, "clause": clause, "form": form}
    return render(request, "rulebook/step.html", context, status=status)


@transaction.atomic
def _record(request: SignedIn, regulation: Regulation, number: str, form: StepForm) -> None:
    """The proof and the step together, or neither."""
    found = dict(form.cleaned_data)
    upload, kind = found.pop("upload"), found.pop("kind")
    file = _kept(upload, request) if upload else None
    services.record_lawful_step(regulation, number, kind, file=file, by=request.user, **found)


@require_http_methods(["GET", "POST"])
def fill_slot(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """Put a subordinate document into its slot."""
    regulation = access.regulation_to_change(request.user, pk)
    version = version_in_force(regulation) or regulation.versions.first()
    slot = _slot(regulation, version, key)
    is_sent = request.method == "POST"
    form = SlotForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        try:
            file = _kept(form.cleaned_data["upload"], request)
            services.fill_slot(regulation, key, file, by=request.user)
            return redirect("rulebook:regulation", pk)
        except BadInput as problem:
            form.add_error("upload", str(problem))
    status = 422 if is_sent else 200
    context = {"regulation": regulation, "version": version, "slot": slot, "form": form}
    return render(request, "rulebook/slot.html", context, status=status)


def _slot(regulation: Regulation, version: Version | None, key: str) -> ShownSlot:
    slots = shown_slots(regulation, version) if version else []
    found = next((slot for slot in slots if slot.key == key), None)
    if found is None:
        raise Http404
    return found


def _kept(upload: UploadedFile, request: SignedIn) -> StoredFile:
    source = cast(BinaryIO, upload.file)
    return store_file(source, name=upload.name or "", purpose="rulebook", by=request.user)


@require_GET
def document(request: SignedIn, pk: int, file_pk: int) -> FileResponse:
    """A document in a slot, or a proof, taken away."""
    file = access.document_to_take(request.user, pk, file_pk)
    opened = default_storage.open(file.stored_as)
    return FileResponse(opened, as_attachment=True, filename=file.name)
