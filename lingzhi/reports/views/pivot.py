"""Pivoting facts: the table, its file, and the analyses that are kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.sending import sent_well
from lingzhi.reports import access, services
from lingzhi.reports.facts import FACTS
from lingzhi.reports.forms.pivot import KeepPivotForm, PivotForm
from lingzhi.reports.presenting.pivot import export_header, export_rows, shown_pivot
from lingzhi.reports.queries.pivot import pivoted, pivots_of
from lingzhi_engine.pivot import TooManyCells


@require_GET
def pivot(request: SignedIn) -> HttpResponse:
    form = _form(request)
    try:
        shown = shown_pivot(pivoted(form.asked, request.user))
    except TooManyCells:
        shown = None
    context = {
        "form": form,
        "shown": shown,
        "tables": FACTS.values(),
        "kept": pivots_of(request.user),
        "query": request.GET.urlencode(),
    }
    template = "reports/pivot/_table.html" if request.htmx else "reports/pivot/pivot.html"
    return render(request, template, context)


@require_GET
def export_pivot(request: SignedIn) -> HttpResponse:
    form = _form(request)
    try:
        cells = pivoted(form.asked, request.user)
    except TooManyCells:
        messages.error(request, _("These are more cells than anybody reads: narrow the question."))
        return redirect(f"{reverse('reports:pivot')}?{request.GET.urlencode()}")
    name = f"{form.table.code}-{today().isoformat()}"
    rows = export_rows(cells)
    return table_answer(name, request.GET.get("form", ""), export_header(form.asked), rows)


@require_http_methods(["GET", "POST"])
def keep_pivot(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.PIVOT)
    asked = request.GET.urlencode()[:1000]
    form = KeepPivotForm(request.POST or None)
    by = request.user
    if sent_well(
        request, form, lambda: services.keep_pivot(**form.cleaned_data, asked=asked, by=by)
    ):
        messages.success(request, _("The analysis is kept."))
        return redirect(f"{reverse('reports:pivot')}?{asked}")
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/pivot/keep.html", {"form": form, "query": asked}, status=status)


@require_POST
def remove_pivot(request: SignedIn, pk: int) -> HttpResponse:
    services.remove_pivot(access.pivot_to_remove(request.user, pk), by=request.user)
    messages.success(request, _("The analysis is removed."))
    return redirect("reports:pivot")


def _form(request: SignedIn) -> PivotForm:
    access.require(request.user, access.PIVOT)
    table = FACTS.get(request.GET.get("facts", ""), FACTS["contacts"])
    return PivotForm(request.GET, table=table, user=request.user)
