"""Score sheets: their list, one sheet with its versions, and its life."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.errors import BadInput
from lingzhi.inspections import access, services, sheet_editing
from lingzhi.inspections.forms.sheets import NewSheetForm, UploadForm
from lingzhi.inspections.models import SheetVersion
from lingzhi.inspections.presenting.sheets import difference_of, shown_sheet, shown_sheets
from lingzhi.inspections.queries.sheets import example_sheet, example_sheets
from lingzhi.inspections.sheet_workbook import heading, read_workbook, rows_of


@require_GET
def sheets(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    return render(request, "inspections/sheets/sheets.html", {"lines": shown_sheets()})


@require_GET
def sheet(request: SignedIn, pk: int) -> HttpResponse:
    """The version asked for, else the draft, else the one in force, else the newest."""
    found = access.sheet_to_read(request.user, pk)
    versions = list(found.versions.select_related("created_by", "activated_by"))
    version = _chosen(request.GET.get("version", ""), versions)
    before = next((one for one in versions if one.number < version.number), None)
    context = {
        "sheet": found,
        "shown": shown_sheet(version),
        "version": version,
        "versions": versions,
        "before": before,
        "difference": difference_of(before, version) if before else [],
        "may_edit": access.may_design(request.user) and version.state == "draft",
    }
    return render(request, "inspections/sheets/sheet.html", context)


def _chosen(number: str, versions: list[SheetVersion]) -> SheetVersion:
    for one in versions:
        if number == str(one.number):
            return one
    if number:
        raise Http404
    order = {"draft": 0, "active": 1, "retired": 2}
    return min(versions, key=lambda one: (order[one.state], -one.number))


@require_http_methods(["GET", "POST"])
def new_sheet(request: SignedIn) -> HttpResponse:
    """From nothing, from an example (`?example=`), or by `upload_sheet`."""
    access.require(request.user, access.DESIGN)
    form = NewSheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        code = values.pop("code")
        return _created(request, form, code, sheet_editing.with_head({}, values))
    context = {"form": form, "upload": UploadForm(), "examples": example_sheets()}
    status = 422 if form.errors else 200
    return render(request, "inspections/sheets/new.html", context, status=status)


def _created(
    request: SignedIn, form: NewSheetForm, code: str, content: dict[str, Any]
) -> HttpResponse:
    try:
        version = services.create_sheet(code, content, by=request.user)
    except BadInput as problem:
        form.add_error(problem.field or None, str(problem.sentence))
        context = {"form": form, "upload": UploadForm(), "examples": example_sheets()}
        return render(request, "inspections/sheets/new.html", context, status=422)
    return redirect("inspections:sheet", version.sheet_id)


@require_POST
def copy_example(request: SignedIn, code: str) -> HttpResponse:
    """One of the sheets that come with the program, as a draft of one's own."""
    access.require(request.user, access.DESIGN)
    content = example_sheet(code)
    if content is None:
        raise Http404
    version = services.create_sheet(services.free_code(code), content, by=request.user)
    return redirect("inspections:sheet", version.sheet_id)


@require_POST
def upload_sheet(request: SignedIn) -> HttpResponse:
    """A spreadsheet becomes a draft; what was left out of it is said row by row."""
    access.require(request.user, access.DESIGN)
    upload = UploadForm(request.POST, request.FILES)
    if upload.is_valid():
        try:
            read = _read(upload.cleaned_data["file"])
        except BadInput as problem:
            upload.add_error("file", str(problem.sentence))
        else:
            code = services.free_code("sheet")
            version = services.create_sheet(code, read.content, by=request.user)
            for number, words in read.left_out[:20]:
                sentence = _("Row %(row)d was left out, it has no points: %(words)s")
                messages.warning(request, sentence % {"row": number, "words": words[:100]})
            messages.success(
                request, _("The sheet is read. Look at each item, then put it into force.")
            )
            return redirect("inspections:sheet", version.sheet_id)
    context = {"form": NewSheetForm(), "upload": upload, "examples": example_sheets()}
    return render(request, "inspections/sheets/new.html", context, status=422)


def _read(file: UploadedFile) -> Any:
    with tempfile.NamedTemporaryFile(suffix=".upload") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        return read_workbook(Path(copy.name), file.name or "")


@require_GET
def export_sheet(request: SignedIn, pk: int, number: int) -> HttpResponse:
    """A version as a spreadsheet that can be brought in again."""
    version = access.sheet_version_to_read(request.user, pk, number)
    name = f"{version.sheet.code}-v{version.number}"
    return table_answer(name, "xlsx", heading(), rows_of(version.content))


@require_POST
def revise_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """A new draft that begins as the version in force, else as the newest."""
    found = access.sheet_to_design(request.user, pk)
    services.revise_sheet(found, by=request.user)
    return redirect("inspections:sheet", pk)


@require_POST
def activate_sheet(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.sheet_version_to_design(request.user, pk, number)
    reason = request.POST.get("reason", "")
    services.activate_sheet(version, reason=reason, by=request.user)
    messages.success(request, _("The score sheet is in force."))
    return redirect("inspections:sheet", pk)


@require_POST
def retire_sheet(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.sheet_version_to_design(request.user, pk, number)
    services.retire_sheet(version, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The score sheet is retired."))
    return redirect("inspections:sheet", pk)


@require_POST
def discard_sheet(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.sheet_version_to_design(request.user, pk, number)
    services.discard_sheet_draft(version, by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("inspections:sheets")
