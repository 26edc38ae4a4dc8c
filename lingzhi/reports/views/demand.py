"""Demand and business trends (需求变化、业务发展趋势)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.reports import access
from lingzhi.reports.forms.demand import DemandForm
from lingzhi.reports.presenting.demand import shown_demand
from lingzhi.reports.queries.demand import demand as found_demand
from lingzhi_engine.pivot import TooManyCells


@require_GET
def demand(request: SignedIn) -> HttpResponse:
    """Which subjects grow, shrink or are new, beyond chance and the calendar (R-AN-15)."""
    access.require(request.user, access.PIVOT)
    form = DemandForm(request.GET, user=request.user)
    try:
        found = found_demand(form.asked)
    except TooManyCells:
        found = None
    shown = shown_demand(form.asked, found) if found else None
    name = "_rows" if request.htmx else "demand"
    return render(request, f"reports/demand/{name}.html", {"form": form, "shown": shown})
