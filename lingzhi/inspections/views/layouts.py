"""The monthly export: take a month out, shape its columns."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.errors import BadInput
from lingzhi.inspections import access
from lingzhi.inspections.access.layouts import layout_to_change, layout_to_use, layouts_of
from lingzhi.inspections.forms.layouts import (
    HeadForm,
    LayoutForm,
    MonthForm,
    column_forms,
    sent_columns,
)
from lingzhi.inspections.layout_head import layout_of_file, usual_columns
from lingzhi.inspections.models import ExportLayout
from lingzhi.inspections.queries.layouts import cells_of, headings_of, scores_of_month
from lingzhi.inspections.services.layouts import drop_layout, record_scores_export, save_layout

PLACE = "inspections/layouts"


@require_GET
def layouts(request: SignedIn) -> HttpResponse:
    found = layouts_of(request.user)
    context = {
        "layouts": found,
        "month": MonthForm(initial={"month": f"{today():%Y-%m}"}),
        "may_change": request.user.can(access.POLICY),
    }
    return render(request, f"{PLACE}/list.html", context)


@require_http_methods(["GET", "POST"])
def new_layout(request: SignedIn) -> HttpResponse:
    """From every usual column, or from the headings of an uploaded table."""
    layouts_of(request.user)
    access.require(request.user, access.POLICY)
    head = HeadForm(request.POST or None, request.FILES or None) if request.FILES else HeadForm()
    columns = usual_columns()
    if request.FILES and head.is_valid():
        try:
            columns = _uploaded(head)
            return _page(request, None, column_forms(columns=columns), head=head)
        except BadInput as problem:
            head.add_error("file", str(problem.sentence))
    if request.method == "POST" and not request.FILES:
        return _saved(request, None)
    return _page(request, None, column_forms(columns=columns), head=head, refused=bool(head.errors))


def _uploaded(head: HeadForm) -> list[dict[str, str]]:
    uploaded = head.cleaned_data["file"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(uploaded.read())
        return layout_of_file(path, uploaded.name)


@require_http_methods(["GET", "POST"])
def edit_layout(request: SignedIn, pk: int) -> HttpResponse:
    layout = layout_to_change(request.user, pk)
    if request.method == "POST":
        return _saved(request, layout)
    return _page(request, layout, column_forms(columns=layout.columns))


def _saved(request: SignedIn, layout: ExportLayout | None) -> HttpResponse:
    form, lines = LayoutForm(request.POST, user=request.user), column_forms(request.POST)
    if form.is_valid() and lines.is_valid():
        try:
            save_layout(layout, sent_columns(lines), **form.cleaned_data, by=request.user)
        except BadInput as problem:
            form.add_error("title" if problem.field == "title" else None, str(problem.sentence))
        else:
            messages.success(request, _("The layout is saved."))
            return redirect("inspections:layouts")
    return _page(request, layout, lines, form=form, refused=True)


def _page(
    request: SignedIn,
    layout: ExportLayout | None,
    lines: Any,
    *,
    form: LayoutForm | None = None,
    head: HeadForm | None = None,
    refused: bool = False,
) -> HttpResponse:
    initial = {"title": layout.title, "unit": layout.unit_id} if layout else None
    form = form or LayoutForm(initial=initial, user=request.user)
    context = {"layout": layout, "lines": lines, "form": form, "head": head}
    return render(request, f"{PLACE}/layout.html", context, status=422 if refused else 200)


@require_POST
def remove_layout(request: SignedIn, pk: int) -> HttpResponse:
    drop_layout(layout_to_change(request.user, pk), by=request.user)
    messages.success(request, _("The layout is gone."))
    return redirect("inspections:layouts")


@require_POST
def export_scores(request: SignedIn, pk: int) -> HttpResponse:
    """The month as a file: CSV as a stream, XLSX as a workbook."""
    layout = layout_to_use(request.user, pk)
    form = MonthForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Name a month, such as 2026-10."), field="month")
    month = form.cleaned_data["month"]
    record_scores_export(layout, month, by=request.user)
    rows = cells_of(layout.columns, scores_of_month(layout, month))
    answer: HttpResponse = table_answer(
        f"scores-{month:%Y-%m}", form.cleaned_data["form"], headings_of(layout.columns), rows
    )
    return answer
