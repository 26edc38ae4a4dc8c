"""People from a file: upload, look at what would happen, confirm."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.errors import BadInput
from lingzhi.org import access
from lingzhi.org.forms import PeopleFileForm
from lingzhi.org.people_file import COLUMNS, PersonRow, read_people
from lingzhi.org.people_stash import drop_rows, keep_rows, kept_rows
from lingzhi.org.services import check_people, import_people

# In the order of COLUMNS.
EXAMPLES = [
    ["1001", "示例一", "一组", "客服", "2024-03-01", "普通话, 粤语", "", "8001"],
    ["1002", "示例二", "热线中心/二组", "", "2025/7/15", "英语", "", ""],
]


@require_http_methods(["GET", "POST"])
def upload(request: SignedIn) -> HttpResponse:
    """The file is read and checked; nothing is written before the confirmation."""
    access.require(request.user, "accounts.manage")
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = _rows(form.cleaned_data["file"])
        except BadInput as problem:
            form.add_error("file", _where(problem))
        else:
            keep_rows(request.session, rows, make_units=form.cleaned_data["make_units"])
            return redirect("org:people_check")
    page = {"form": form, "columns": COLUMNS}
    return render(request, "org/people/file.html", page, status=422 if form.errors else 200)


def _rows(file: UploadedFile) -> list[PersonRow]:
    with tempfile.NamedTemporaryFile(suffix=".upload") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        return read_people(Path(copy.name), file.name or "")


def _where(problem: BadInput) -> str:
    sentence = str(problem.sentence)
    if problem.row is None:
        return sentence
    return _("Row %(row)d: %(sentence)s") % {"row": problem.row, "sentence": sentence}


@require_GET
def check(request: SignedIn) -> HttpResponse:
    """What the file would do, and every row that stands in the way."""
    access.require(request.user, "accounts.manage")
    kept = kept_rows(request.session)
    if kept is None:
        return redirect("org:people_file")
    rows, make_units = kept
    summary = check_people(rows, by=request.user, make_units=make_units)
    by_number = {row.number: row for row in rows}
    problems = [(problem, by_number[problem.row]) for problem in summary.problems]
    labels = {name: column.heading for name, column in COLUMNS.items()}
    page = {
        "summary": summary,
        "problems": problems[:200],
        "bad_rows": len({problem.row for problem in summary.problems}),
        "labels": labels,
        "count": len(rows),
    }
    return render(request, "org/people/check.html", page)


@require_POST
def confirm(request: SignedIn) -> HttpResponse:
    access.require(request.user, "accounts.manage")
    kept = kept_rows(request.session)
    if kept is None:
        return redirect("org:people_file")
    rows, make_units = kept
    summary = import_people(rows, by=request.user, make_units=make_units)
    drop_rows(request.session)
    counts = {"new": len(summary.created), "changed": len(summary.changed + summary.moved)}
    messages.success(request, _("%(new)d people entered, %(changed)d changed.") % counts)
    return redirect(reverse("org:people"))


@require_GET
def template(request: SignedIn) -> HttpResponse:
    """An empty table with the right headings and two examples."""
    access.require(request.user, "accounts.manage")
    header = [column.heading for column in COLUMNS.values()]
    return table_answer("people", "xlsx", header, EXAMPLES)
