"""Coverage, and what a plan's reviews say about all of its conversations."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.plans import plan_to_change
from lingzhi.inspections.forms.coverage import CoverageForm
from lingzhi.inspections.presenting.coverage import named, never_looked_at
from lingzhi.inspections.queries import tallies_visible_to
from lingzhi.inspections.queries.coverage import Coverage
from lingzhi.inspections.queries.estimates import estimates_of
from lingzhi_engine.stats import TOO_FEW

MOST_UNSEEN = 40


@require_GET
def coverage(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.PLAN)
    form = CoverageForm(request.GET, user=request.user)
    tallies = tallies_visible_to(form.user, form.capability, form.filters)
    found = Coverage(tallies, form.contacts)
    lines = found.by(form.chosen)
    agents = lines if form.chosen == "agent" else found.by("agent")
    unseen = never_looked_at(agents)
    page = page_of(request, lines)
    page.object_list = named(list(page.object_list), form.chosen)
    context = {
        "form": form,
        "page": page,
        "whole": found.whole(),
        "unseen": unseen[:MOST_UNSEEN],
        "unseen_count": len(unseen),
        "agent_count": sum(one.key is not None for one in agents),
    }
    part = "_coverage" if request.htmx else "coverage"
    return render(request, f"inspections/plans/{part}.html", context)


@require_GET
def estimates(request: SignedIn, pk: int) -> HttpResponse:
    """Rates and means over all conversations of a plan, whole and by team."""
    plan = plan_to_change(request.user, pk)
    context = {"plan": plan, "lines": estimates_of(plan), "minimum": TOO_FEW}
    return render(request, "inspections/plans/estimates.html", context)
