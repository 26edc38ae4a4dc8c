"""What clauses of regulations judged: the cases behind their figures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.clauses import control_to_read
from lingzhi.cases.controls import JUDGES
from lingzhi.cases.forms.clauses import ClauseFilterForm
from lingzhi.cases.queries.behind import behind
from lingzhi.core.pagination import page_of


@require_GET
def clause(request: SignedIn, control: int) -> HttpResponse:
    """The cases or conversations that a control judged on some days."""
    found = control_to_read(request.user, control)
    form = ClauseFilterForm(request.GET)
    asked = form.asked(control)
    rows, hidden = behind(JUDGES[found.kind], asked, request.user)
    context = {
        "control": found, "form": form, "asked": asked, "page": page_of(request, rows),
        "hidden": hidden,
    }  # fmt: skip
    template = "_rows.html" if request.htmx else "clause.html"
    return render(request, f"cases/clauses/{template}", context)
