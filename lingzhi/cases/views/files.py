"""Files beside a case, and watching it."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.audit.services import record
from lingzhi.cases.access.cases import case_to_read
from lingzhi.cases.access.files import case_to_add_file, file_to_remove, file_to_see
from lingzhi.cases.forms.files import CaseFileForm
from lingzhi.cases.services.attaching import add_file, remove_file
from lingzhi.cases.services.hearing import stop_watching, watch_case
from lingzhi.core.errors import BadInput


@require_http_methods(["GET", "POST"])
def attach(request: SignedIn, pk: int) -> HttpResponse:
    """Add a file to the case."""
    case = case_to_add_file(request.user, pk)
    form = CaseFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            add_file(
                case, sent.file, name=sent.name, note=form.cleaned_data["note"], by=request.user
            )
        except BadInput as wrong:
            form.add_error("file", str(wrong.sentence))
        else:
            messages.success(request, _("The file is kept."))
            return redirect("cases:case", pk)
    status = 422 if form.errors else 200
    return render(request, "cases/files/attach.html", {"case": case, "form": form}, status=status)


@require_GET
@transaction.atomic
def file(request: SignedIn, pk: int) -> FileResponse:
    """The file itself, to be saved, never shown in the page; who took it is recorded."""
    found = file_to_see(request.user, pk)
    record(request.user, "cases.file_taken", found.case, after={"sha256": found.file.sha256})
    opened = default_storage.open(found.file.stored_as, "rb")
    return FileResponse(opened, as_attachment=True, filename=found.file.name)


@require_POST
def remove(request: SignedIn, pk: int) -> HttpResponse:
    found = file_to_remove(request.user, pk)
    remove_file(found, by=request.user)
    messages.success(request, _("The file is gone."))
    return redirect("cases:case", found.case_id)


@require_POST
def watch(request: SignedIn, pk: int) -> HttpResponse:
    """Hear of the case from now on, or no more."""
    case = case_to_read(request.user, pk)
    if case.watchers.filter(person=request.user).exists():
        stop_watching(case, request.user)
        messages.success(request, _("You hear of this case no more."))
    else:
        watch_case(case, request.user)
        messages.success(request, _("You hear of whatever happens to this case."))
    return redirect("cases:case", pk)
