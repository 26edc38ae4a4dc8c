"""How inspectors score: all of them for who leads them, each for oneself; adjusted scores."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.calibrations import calibration_to_hold
from lingzhi.inspections.access.quality import estimates_to_read, inspector_to_read
from lingzhi.inspections.models import QualityEstimate
from lingzhi.inspections.presenting.quality import shown_inspector
from lingzhi.inspections.queries.quality import (
    adjusted_agents,
    estimates_of,
    leniency_over_time,
)
from lingzhi.inspections.services.checking import retire_gold as retire
from lingzhi.inspections.services.checking import use_as_gold as use
from lingzhi_engine.stats import TOO_FEW


@require_GET
def inspectors(request: SignedIn) -> HttpResponse:
    """Everybody in the newest estimate of a centre and sheet; inspectors go to their own page."""
    access.require(request.user, access.SCORE)
    if not request.user.can(access.RECHECK):
        return redirect("inspections:inspector", request.user.pk)
    estimates = estimates_to_read(request.user)
    chosen = _chosen(request, estimates)
    context: dict[str, Any] = {"estimates": estimates, "chosen": chosen, "enough": TOO_FEW}
    if chosen is not None:
        page = page_of(request, chosen.inspectors.select_related("inspector"))
        context |= {"page": page, "lines": [shown_inspector(row) for row in page]}
    return render(request, "inspections/quality/inspectors.html", context)


def _chosen(request: SignedIn, estimates: list[QualityEstimate]) -> QualityEstimate | None:
    """The estimate that the address names, else the one with most scores."""
    wanted = request.GET.get("estimate", "")
    named = next((one for one in estimates if str(one.pk) == wanted), None)
    return named or max(estimates, key=lambda one: one.reviews, default=None)


@require_GET
def inspector(request: SignedIn, pk: int) -> HttpResponse:
    person = inspector_to_read(request.user, pk)
    rows = [
        shown_inspector(row, leniency_over_time(person, row.estimate))
        for row in estimates_of(person)
    ]
    context = {"person": person, "rows": rows, "enough": TOO_FEW}
    return render(request, "inspections/quality/inspector.html", context)


@require_GET
def adjusted_scores(request: SignedIn) -> HttpResponse:
    """Agents as scored, and as average inspectors would have scored them. Never for pay."""
    estimates = estimates_to_read(request.user)
    chosen = _chosen(request, estimates)
    context: dict[str, Any] = {"estimates": estimates, "chosen": chosen, "enough": TOO_FEW}
    if chosen is not None:
        context["page"] = page_of(request, adjusted_agents(chosen))
    return render(request, "inspections/quality/agents.html", context)


@require_POST
def use_as_gold(request: SignedIn, pk: int) -> HttpResponse:
    use(calibration_to_hold(request.user, pk), by=request.user)
    messages.success(request, _("Inspectors who do not know them may be given these in secret."))
    return redirect("inspections:calibration", pk)


@require_POST
def retire_gold(request: SignedIn, pk: int) -> HttpResponse:
    retire(calibration_to_hold(request.user, pk), by=request.user)
    messages.success(request, _("These conversations are given to nobody any more."))
    return redirect("inspections:calibration", pk)
