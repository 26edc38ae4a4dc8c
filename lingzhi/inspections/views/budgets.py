"""The budget planner: what inspectors' hours give, method by method."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.inspections import access
from lingzhi.inspections.budgeting import needs_of
from lingzhi.inspections.forms.budgets import BudgetForm
from lingzhi.inspections.presenting.budgets import shown_methods, shown_shares
from lingzhi.inspections.queries import tallies_visible_to
from lingzhi.inspections.queries.budgets import groups_of


@require_GET
def budget(request: SignedIn) -> HttpResponse:
    """The figures follow the form; a wrong figure shows none."""
    access.require(request.user, access.PLAN)
    form = BudgetForm(request.GET, user=request.user)
    context: dict[str, object] = {"form": form, "rows_id": "worth"}
    if form.is_valid():
        groups = groups_of(tallies_visible_to(form.user, form.capability, form.filters))
        context |= {
            "size": sum(one.size for one in groups),
            "agents": len({one.agent for one in groups if one.agent}),
            "no_hits": not any(one.hits for one in groups),
            "budget": form.budget,
            "shares": shown_shares(form),
            "methods": shown_methods(groups, form.budget, form.cleaned_data["unit"]),
            "needs": needs_of(groups, form.budget),
        }
    template = "inspections/plans/_worth.html" if request.htmx else "inspections/plans/budget.html"
    return render(request, template, context)
