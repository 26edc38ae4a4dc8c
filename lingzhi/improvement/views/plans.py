"""Improvement plans of units, with their progress."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.improvement.access.plans import plan_to_change, plan_to_read
from lingzhi.improvement.access.rectifications import require
from lingzhi.improvement.forms.plans import PlanForm
from lingzhi.improvement.models import ImprovementPlan
from lingzhi.improvement.presenting.rectifications import shown_rows
from lingzhi.improvement.queries.people import READ, START
from lingzhi.improvement.queries.plans import plans_visible_to, progress_of, rectifications_of
from lingzhi.improvement.services.plans import keep_plan
from lingzhi.org.queries import reach

ON_A_PAGE = 20


@require_GET
def plans(request: SignedIn) -> HttpResponse:
    """Plans of units within reach, each with how far it is."""
    require(request.user, READ)
    page = page_of(request, plans_visible_to(request.user), size=ON_A_PAGE)
    context = {
        "page": page, "rows": list(zip(page, progress_of(list(page)), strict=True)),
        "may_start": request.user.can(START),
    }  # fmt: skip
    return render(request, "improvement/plans/list.html", context)


@require_GET
def plan(request: SignedIn, pk: int) -> HttpResponse:
    """Goals, progress, and what is put right in its days."""
    found = plan_to_read(request.user, pk)
    page = page_of(request, rectifications_of(found).prefetch_related("sources"))
    context = {
        "plan": found, "progress": progress_of([found])[0], "page": page, "rows": shown_rows(page),
        "may_change": reach(request.user, START).covers(found.unit, None),
    }  # fmt: skip
    return render(request, "improvement/plans/plan.html", context)


@require_http_methods(["GET", "POST"])
def add_plan(request: SignedIn) -> HttpResponse:
    require(request.user, START)
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit_plan(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, plan_to_change(request.user, pk))


def _form(request: SignedIn, old: ImprovementPlan | None) -> HttpResponse:
    form = PlanForm(request.POST or None, instance=old, user=request.user)
    if sent_well(request, form, lambda: keep_plan(form.instance, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("improvement:plan", form.instance.pk)
    title = str(old) if old else _("New improvement plan")
    status = 422 if form.errors else 200
    context = {"form": form, "title": title}
    return render(request, "improvement/plans/form.html", context, status=status)
