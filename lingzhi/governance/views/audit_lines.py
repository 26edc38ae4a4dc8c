"""One line of a checklist: answered in place, or on its own page with files."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.panels import panels_of
from lingzhi.core.sending import sent_well
from lingzhi.files.models import StoredFile
from lingzhi.governance.access import audits as access
from lingzhi.governance.forms.audits import AnswerForm, FileForm
from lingzhi.governance.models import AuditLine
from lingzhi.governance.presenting.audits import shown_line
from lingzhi.governance.services import audits as services


@require_GET
def line(request: SignedIn, pk: int) -> HttpResponse:
    """A line by itself: its files, and what is put right about it."""
    found = access.line_to_read(request.user, pk)
    return _page(request, found, None)


def _page(request: SignedIn, line: AuditLine, form: AnswerForm | None) -> HttpResponse:
    may = access.acts_on(request.user, line.audit)
    if form is None and may.answer:
        form = AnswerForm(line=line, units=line.audit.units.order_by("path"))
    is_found = line.is_nonconformity
    context = {
        "one": shown_line(line, form), "audit": line.audit, "may": may, "file_form": FileForm(),
        "panels": panels_of("governance.nonconformity", request.user, line) if is_found else [],
        "is_alone": True,
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return render(request, "governance/audits/line.html", context, status=status)


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Keep what was found; in the checklist only this line is drawn again."""
    found = access.line_to_answer(request.user, pk)
    units = list(found.audit.units.order_by("path"))
    form = AnswerForm(request.POST, line=found, units=units)

    def act() -> None:
        services.answer_line(found, form.given, by=request.user)

    is_saved = sent_well(request, form, act)
    if not request.htmx:
        if not is_saved:
            return _page(request, found, form)
        messages.success(request, _("Saved."))
        return redirect("governance:line", pk)
    if is_saved:
        found = access.line_to_answer(request.user, pk)
        form = AnswerForm(line=found, units=units)
    context = {"one": shown_line(found, form, is_saved=is_saved), "audit": found.audit,
               "may": access.acts_on(request.user, found.audit)}  # fmt: skip
    status = 200 if is_saved else 422
    return render(request, "governance/audits/_line.html", context, status=status)


@require_POST
def remove(request: SignedIn, pk: int) -> HttpResponse:
    found = access.line_to_remove(request.user, pk)
    services.remove_line(found, by=request.user)
    return redirect("governance:audit", found.audit_id)


@require_POST
def add_file(request: SignedIn, pk: int) -> HttpResponse:
    found = access.line_to_answer(request.user, pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file."))
    else:
        services.add_file(found, form.cleaned_data["file"], by=request.user)
        messages.success(request, _("Saved."))
    return redirect("governance:line", pk)


@require_GET
def file(request: SignedIn, pk: int) -> FileResponse:
    """Always as a download: what somebody uploaded is never shown as a page."""
    return _download(access.file_to_read(request.user, pk).file)


@require_GET
def scan_report(request: SignedIn, pk: int) -> FileResponse:
    report = access.scan_to_read(request.user, pk).report
    assert report is not None
    return _download(report)


def _download(stored: StoredFile) -> FileResponse:
    opened = default_storage.open(stored.stored_as, "rb")
    return FileResponse(opened, as_attachment=True, filename=stored.name)
