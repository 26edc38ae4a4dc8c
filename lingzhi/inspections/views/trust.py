"""Trust in rules: their list, what is asked of them, their steps, and marks of inspectors."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.trust import contact_to_mark
from lingzhi.inspections.forms.trust import PolicyForm, StageFilters
from lingzhi.inspections.presenting.trust import SORTS, shown_trust, sorted_trust
from lingzhi.inspections.queries.trust import living_versions, trust_policy
from lingzhi.inspections.services.labelling import mark_findings
from lingzhi.inspections.services.trusting import (
    make_automatic,
    set_trust_policy,
    take_back_automatic,
)


@require_GET
def trust(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = StageFilters(request.GET)
    sort = request.GET.get("sort", "")
    sort = sort if sort.lstrip("-") in SORTS else ""
    every = [one for one in map(shown_trust, living_versions()) if one is not None]
    rows = sorted_trust([one for one in every if form.fits(one)], sort)
    context = {
        "page": page_of(request, rows),
        "form": form,
        "sort": sort,
        "is_empty": not every,
        "policy": trust_policy(),
    }
    template = "inspections/trust/_rows.html" if request.htmx else "inspections/trust/list.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def trust_settings(request: SignedIn) -> HttpResponse:
    """What the company asks of a rule."""
    access.require(request.user, access.ACTIVATE)
    form = PolicyForm(request.POST or None, instance=trust_policy())
    if request.method == "POST" and form.is_valid():
        set_trust_policy(form.save(commit=False), by=request.user)
        messages.success(request, _("Kept. It holds from the next night on."))
        return redirect("inspections:trust")
    status = 422 if form.errors else 200
    return render(request, "inspections/trust/settings.html", {"form": form}, status=status)


@require_POST
def automatic(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.version_to_activate(request.user, pk, number)
    make_automatic(version, note=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The rule answers by itself from now on."))
    return redirect(reverse("inspections:rule", args=[pk]) + "#trust-title")


@require_POST
def assist(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.version_to_activate(request.user, pk, number)
    take_back_automatic(version, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The rule only proposes from now on."))
    return redirect(reverse("inspections:rule", args=[pk]) + "#trust-title")


@require_POST
def mark(request: SignedIn, contact: int) -> HttpResponse:
    """`present` and `absent` name versions: what they look for is there, or is not."""
    found = contact_to_mark(request.user, contact)
    mark_findings(found, _marks(request), by=request.user)
    messages.success(request, _("Kept: it counts for the trust in the rule."))
    review = request.POST.get("review", "")
    if review.isdecimal():
        return redirect(reverse("inspections:review", args=[review]) + "#verdicts-title")
    return redirect(reverse("contacts:detail", args=[contact]) + "#findings-title")


def _marks(request: SignedIn) -> dict[int, bool]:
    """What is said of each version, by its id."""
    marks: dict[int, bool] = {}
    for name, is_present in (("present", True), ("absent", False)):
        for value in request.POST.getlist(name):
            if not value.isdecimal():
                raise BadInput(_("Say of a verdict of this conversation whether it is right."))
            marks[int(value)] = is_present
    return marks
