"""The list of forbidden behaviours (服务禁止行为)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.inspections import access
from lingzhi.inspections.access.floor import behaviour_to_change
from lingzhi.inspections.forms.floor import BehaviourForm
from lingzhi.inspections.models import Behaviour
from lingzhi.inspections.queries.behaviours import behaviours
from lingzhi.inspections.services.behaviours import (
    adopt_behaviours,
    retire_behaviour,
    save_behaviour,
    sheet_of_behaviours,
)

PLACE = "inspections/floor"


@require_GET
def listed(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    context = {
        "rows": behaviours(),
        "may_change": request.user.can(access.POLICY),
        "may_design": request.user.can(access.DESIGN),
    }
    return render(request, f"{PLACE}/behaviours.html", context)


@require_POST
def adopt(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.POLICY)
    n = adopt_behaviours(by=request.user)
    messages.success(request, _("%(n)d entries are on the list now.") % {"n": n})
    return redirect("inspections:behaviours")


@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.POLICY)
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, behaviour_to_change(request.user, pk))


def _form(request: SignedIn, found: Behaviour | None) -> HttpResponse:
    form = BehaviourForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            save_behaviour(found, **form.cleaned_data, by=request.user)
            return redirect("inspections:behaviours")
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
    context = {"form": form, "found": found}
    status = 422 if form.errors else 200
    return render(request, f"{PLACE}/behaviour.html", context, status=status)


@require_POST
def retire(request: SignedIn, pk: int) -> HttpResponse:
    retire_behaviour(behaviour_to_change(request.user, pk), by=request.user)
    messages.success(request, _("The entry is off the list."))
    return redirect("inspections:behaviours")


@require_POST
def make_sheet(request: SignedIn) -> HttpResponse:
    """A draft of a deduction sheet from the list."""
    access.require(request.user, access.DESIGN)
    version = sheet_of_behaviours(by=request.user)
    messages.success(request, _("A draft of a score sheet is made."))
    return redirect("inspections:sheet", version.sheet_id)
