"""Inspection plans: their list, one plan with its draws, its form, its life; one draw."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.approvals.models import Approval
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.plans import (
    acts_on_plan,
    draw_to_read,
    may_plan,
    may_see_draws,
    plan_to_change,
    plan_to_read,
)
from lingzhi.inspections.forms.plans import PlanFilters, PlanForm, TaskFilters
from lingzhi.inspections.models import Plan, Task
from lingzhi.inspections.presenting.plans import facts_of, shown_tasks
from lingzhi.inspections.queries.plans import draws_of, period_due, plans_visible_to
from lingzhi.inspections.services.drawing import ask_to_draw, is_redrawn_the_same
from lingzhi.inspections.services.plans import (
    MATTER,
    change_plan,
    create_plan,
    end_plan,
    pause_plan,
    request_start,
)


@require_GET
def plans(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = PlanFilters(request.GET)
    form.is_valid()
    rows = plans_visible_to(request.user)
    if state := form.cleaned_data.get("state"):
        rows = rows.filter(state=state)
    if text := form.cleaned_data.get("text", "").strip():
        rows = rows.filter(title__icontains=text)
    template = "inspections/plans/_rows.html" if request.htmx else "inspections/plans/list.html"
    return render(request, template, {"page": page_of(request, rows), "form": form})


@require_GET
def plan(request: SignedIn, pk: int) -> HttpResponse:
    found = plan_to_read(request.user, pk)
    sees_draws = may_see_draws(request.user, found)
    subject = f"{found._meta.label_lower}/{found.pk}"
    context = {
        "plan": found,
        "facts": facts_of(found),
        "may": acts_on_plan(request.user, found),
        "plans_here": may_plan(request.user, found),
        "sees_draws": sees_draws,
        "inspectors": found.inspectors.all(),
        "page": page_of(request, draws_of(found)) if sees_draws else None,
        "due": period_due(found) if found.state == Plan.State.ACTIVE else None,
        "asked": Approval.objects.filter(matter=MATTER, subject=subject, state="open").first(),
    }
    return render(request, "inspections/plans/plan.html", context)


@require_http_methods(["GET", "POST"])
def new_plan(request: SignedIn) -> HttpResponse:
    """A new draft; the address may bring numbers along, as the budget planner's does."""
    access.require(request.user, access.PLAN)
    given = {"from_on": today(), "strata": ["team"], **request.GET.dict()}
    if "strata" in request.GET:
        given["strata"] = request.GET.getlist("strata")
    form = PlanForm(request.POST or None, user=request.user, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_plan(form.values(), by=request.user)
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            messages.success(request, _("The plan is a draft. Look it over, then let it begin."))
            return redirect("inspections:plan", made.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def edit_plan(request: SignedIn, pk: int) -> HttpResponse:
    found = plan_to_change(request.user, pk)
    form = PlanForm(request.POST or None, user=request.user, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_plan(found, form.values(), by=request.user)
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            return redirect("inspections:plan", pk)
    return _form(request, form, found)


def _form(request: SignedIn, form: PlanForm, found: Plan | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "plan": found}
    status = 422 if form.errors else 200
    return render(request, "inspections/plans/form.html", context, status=status)


@require_POST
def start(request: SignedIn, pk: int) -> HttpResponse:
    """Begin or go on; a covert plan first asks those who must agree."""
    asked = request_start(plan_to_change(request.user, pk), by=request.user)
    said = _("Asked for approval; the plan begins once it is given.") if asked else ""
    messages.success(request, said or _("The plan runs."))
    return redirect("inspections:plan", pk)


@require_POST
def pause(request: SignedIn, pk: int) -> HttpResponse:
    found = plan_to_change(request.user, pk)
    pause_plan(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The plan is paused; open tasks stay."))
    return redirect("inspections:plan", pk)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    found = plan_to_change(request.user, pk)
    end_plan(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The plan is over."))
    return redirect("inspections:plan", pk)


@require_POST
def draw(request: SignedIn, pk: int) -> HttpResponse:
    made = ask_to_draw(plan_to_change(request.user, pk), by=request.user)
    if made is None:
        messages.success(request, _("There is much to choose from: you are told when it is done."))
        return redirect("inspections:plan", pk)
    n = made.tasks.count()
    said = ngettext("%(n)d conversation drawn.", "%(n)d conversations drawn.", n) % {"n": n}
    messages.success(request, said)
    return redirect("inspections:draw", made.pk)


@require_GET
def drawn(request: SignedIn, pk: int) -> HttpResponse:
    """The tasks of a draw: why each was taken, with which chance."""
    found = draw_to_read(request.user, pk)
    rows = found.tasks.select_related("contact__agent", "contact__unit", "inspector", "review")
    reasons = [Task.Reason(one) for one in found.tasks.values_list("reason", flat=True).distinct()]
    form = TaskFilters(
        request.GET, reasons=[(one.value, one.label) for one in dict.fromkeys(reasons)],
        states=list(Task.State.choices),
    )  # fmt: skip
    narrowed = {name: value for name, value in form.cleaned_data.items() if value}
    page = page_of(request, rows.filter(**narrowed).order_by("id"))
    page.object_list = shown_tasks(page.object_list)
    template = "inspections/plans/_tasks.html" if request.htmx else "inspections/plans/draw.html"
    context = {"draw": found, "page": page, "form": form, "total": found.tasks.count()}
    return render(request, template, context)


@require_POST
def verify(request: SignedIn, pk: int) -> HttpResponse:
    """Draw again from what there was, and say whether it is the same."""
    found = draw_to_read(request.user, pk)
    if is_redrawn_the_same(found):
        messages.success(
            request, _("Drawn again with the same seed: the same conversations, the same chances.")
        )
    else:
        messages.error(request, _("Drawn again, the sample is another one. Tell the auditor."))
    return redirect("inspections:draw", pk)
