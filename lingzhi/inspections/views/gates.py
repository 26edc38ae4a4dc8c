"""The quality gate (不合格决不放行): gates, checks, what is let through."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access import gates as allowed
from lingzhi.inspections.forms.gates import CheckFilters, GateForm
from lingzhi.inspections.forms.reviews import sent_answers
from lingzhi.inspections.models import Gate
from lingzhi.inspections.presenting.reviews import shown_answers
from lingzhi.inspections.queries.gates import (
    checks_visible_to,
    gates_visible_to,
    latest_check,
)
from lingzhi.inspections.services.correcting import AnswersMissing
from lingzhi.inspections.services.gates import (
    check_deliverable,
    let_through,
    retire_gate,
    set_gate,
    version_of,
)

PLACE = "inspections/gates"


@require_GET
def gates(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = CheckFilters(request.GET)
    context = {
        "page": page_of(request, form.narrowed(checks_visible_to(request.user))),
        "form": form,
        "gates": gates_visible_to(request.user),
        "may_set": request.user.can(access.DESIGN),
        "may_check": request.user.can(access.SCORE),
    }
    template = f"{PLACE}/_rows.html" if request.htmx else f"{PLACE}/list.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def new_gate(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.DESIGN)
    form = GateForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            set_gate(**form.cleaned_data, by=request.user)
            messages.success(request, _("The gate is set: what is not checked does not leave."))
            return redirect("inspections:gates")
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
    status = 422 if form.errors else 200
    return render(request, f"{PLACE}/new.html", {"form": form}, status=status)


@require_POST
def retire(request: SignedIn, pk: int) -> HttpResponse:
    retire_gate(allowed.gate_to_retire(request.user, pk), by=request.user)
    messages.success(request, _("The gate is retired."))
    return redirect("inspections:gates")


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: int) -> HttpResponse:
    """Answer the sheet about one deliverable."""
    gate = allowed.gate_to_check(request.user, pk)
    sheet = version_of(gate.sheet).read()
    reference = request.POST.get("reference", request.GET.get("reference", "")).strip()
    if request.method == "GET":
        return _sheet(request, gate, reference, {}, "")
    sent = sent_answers(sheet, request.POST)
    if sent.problems:
        return _sheet(request, gate, reference, sent.answers, "\n".join(sent.problems))
    try:
        made = check_deliverable(gate, reference, sent.answers, by=request.user)
    except (BadInput, AnswersMissing) as problem:
        return _sheet(request, gate, reference, sent.answers, str(problem))
    return redirect("inspections:gate_check", made.pk)


def _sheet(
    request: SignedIn, gate: Gate, reference: str, answers: dict[str, Any], problem: str
) -> HttpResponse:
    sections = shown_answers(version_of(gate.sheet).read(), answers)
    context = {"gate": gate, "reference": reference, "sections": sections, "problem": problem}
    return render(request, f"{PLACE}/check.html", context, status=422 if problem else 200)


@require_GET
def checked(request: SignedIn, pk: int) -> HttpResponse:
    found = allowed.check_to_read(request.user, pk)
    is_newest = latest_check(found.gate, found.reference) == found
    context = {
        "one": found,
        "is_newest": is_newest,
        "sections": shown_answers(found.version.read(), found.answers),
        "may_let_through": is_newest
        and not found.may_leave
        and found.checked_by_id != request.user.pk
        and request.user.can(access.RECHECK),
    }
    return render(request, f"{PLACE}/checked.html", context)


@require_POST
def release(request: SignedIn, pk: int) -> HttpResponse:
    found = allowed.check_to_let_through(request.user, pk)
    let_through(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("It may leave; the reason stands beside it."))
    return redirect("inspections:gate_check", pk)
