"""The settings of human inspection, and what everybody who is inspected may know of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.inspections.access.policies import site_to_read, site_to_set, sites_to_set
from lingzhi.inspections.access.rights import POLICY
from lingzhi.inspections.forms.policies import PolicyForm
from lingzhi.inspections.presenting.policies import fairness_of
from lingzhi.inspections.queries.policies import policy_of, sites
from lingzhi.inspections.services.policies import set_policy
from lingzhi.org.queries import reach


@require_GET
def policies(request: SignedIn) -> HttpResponse:
    """The sites, each with the settings that hold for it."""
    units = sites_to_set(request.user)
    lines = [(unit, policy_of(unit)) for unit in units]
    return render(request, "inspections/policies/list.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def policy(request: SignedIn, pk: int) -> HttpResponse:
    unit = site_to_set(request.user, pk)
    held = policy_of(unit)
    form = PolicyForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        set_policy(unit, form.cleaned_data, by=request.user)
        messages.success(request, _("The settings are kept; everybody there can read them."))
        return redirect("inspections:fair_at", pk)
    context = {"unit": unit, "held": held, "form": form}
    status = 422 if form.errors else 200
    return render(request, "inspections/policies/policy.html", context, status=status)


@require_GET
def fair(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """What monitoring is for, and by which rules: for everybody who works there."""
    unit = site_to_read(request.user, pk)
    context = {
        "unit": unit,
        "fair": fairness_of(unit),
        "sites": sites(),
        "may_set": reach(request.user, POLICY).covers(unit, None),
    }
    return render(request, "inspections/policies/fair.html", context)
