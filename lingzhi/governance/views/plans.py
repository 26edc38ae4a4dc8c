"""Service plans: their list, one of them, writing, approval, deriving, reporting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.governance.access.goals import require
from lingzhi.governance.access.plans import (
    may_plan,
    plan_to_derive,
    plan_to_read,
    plan_to_write,
    task_to_report,
    task_to_write,
)
from lingzhi.governance.forms.goals import ReasonForm
from lingzhi.governance.forms.plans import DeriveForm, ReportForm, ServicePlanForm, TaskForm
from lingzhi.governance.models import PlanTask, ServicePlan
from lingzhi.governance.presenting.plans import shown_plans, shown_tasks
from lingzhi.governance.queries.goals import PLAN, READ
from lingzhi.governance.queries.plans import (
    improvements_beside,
    service_plans_visible_to,
    tasks_of,
)
from lingzhi.governance.services import plans as services
from lingzhi.governance.views.common import Place, form_page

ABOVE = (reverse_lazy("governance:plans"), gettext_lazy("Service plans"))
ON_A_PAGE = 30
HERE = "governance:plan"


@require_GET
def plans(request: SignedIn) -> HttpResponse:
    """Plans of units within reach and above, each with how far it is."""
    require(request.user, READ)
    page = page_of(request, service_plans_visible_to(request.user), size=ON_A_PAGE)
    context = {
        "page": page, "rows": shown_plans(list(page)), "may_plan": request.user.can(PLAN)
    }  # fmt: skip
    return render(request, "governance/plans/list.html", context)


@require_GET
def plan(request: SignedIn, pk: int) -> HttpResponse:
    """Its tasks, how far the plans of units are, and what is improved beside it."""
    found = plan_to_read(request.user, pk)
    writes = may_plan(request.user, found)
    tasks = list(tasks_of(found))
    below = list(found.below.select_related("unit").order_by("unit__path"))
    context = {
        "plan": found, "shown": shown_plans([found])[0], "below": shown_plans(below),
        "tasks": shown_tasks(tasks, found, person_id=request.user.pk, may_plan=writes),
        "beside": improvements_beside(found, request.user), "may_plan": writes,
        "may_derive": request.user.can(PLAN) and found.state == ServicePlan.State.RUNNING,
    }  # fmt: skip
    return render(request, "governance/plans/plan.html", context)


@require_http_methods(["GET", "POST"])
def add_plan(request: SignedIn) -> HttpResponse:
    require(request.user, PLAN)
    form = ServicePlanForm(request.POST or None, user=request.user)
    return form_page(
        request, form, lambda: services.keep_plan(form.instance, by=request.user),
        title=_("New service plan"), above=ABOVE, to=HERE, done=_("Saved. Now add its tasks."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit_plan(request: SignedIn, pk: int) -> HttpResponse:
    found = plan_to_write(request.user, pk)
    form = ServicePlanForm(request.POST or None, instance=found, user=request.user)
    return form_page(
        request, form, lambda: services.keep_plan(form.instance, by=request.user),
        title=_("Change the plan"), above=ABOVE, back=_page_of(found), to=HERE, done=_("Saved."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_task(request: SignedIn, pk: int) -> HttpResponse:
    found = plan_to_write(request.user, pk)
    return _task_form(request, PlanTask(plan=found), _("Add a task"))


@require_http_methods(["GET", "POST"])
def edit_task(request: SignedIn, pk: int) -> HttpResponse:
    return _task_form(request, task_to_write(request.user, pk), _("Change the task"))


@require_POST
def remove_task(request: SignedIn, pk: int) -> HttpResponse:
    task = task_to_write(request.user, pk)
    services.remove_task(task, by=request.user)
    messages.success(request, _("Removed."))
    return redirect(HERE, task.plan_id)


@require_http_methods(["GET", "POST"])
def report(request: SignedIn, pk: int) -> HttpResponse:
    """How far a task is."""
    task = task_to_report(request.user, pk)
    given = {"percent": task.percent, "progress": task.progress}
    form = ReportForm(request.POST or None, initial=given)
    return form_page(
        request, form,
        lambda: services.report_task(task, **form.cleaned_data, by=request.user).plan,
        title=_("How far is it?"), above=ABOVE, back=_page_of(task.plan), to=HERE,
        note=task.title, done=_("Reported."),
    )  # fmt: skip


@require_POST
def ask_approval(request: SignedIn, pk: int) -> HttpResponse:
    found = plan_to_write(request.user, pk)
    try:
        services.request_approval(found, by=request.user)
    except BadInput as wrong:
        messages.error(request, str(wrong.sentence))
    else:
        messages.success(request, _("Its approval is asked for."))
    return redirect(HERE, pk)


@require_http_methods(["GET", "POST"])
def rewrite(request: SignedIn, pk: int) -> HttpResponse:
    """Back to a draft, with a reason."""
    found = plan_to_write(request.user, pk)
    form = ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: services.rewrite_plan(found, form.cleaned_data["reason"], by=request.user),
        title=_("Write it anew"), above=ABOVE, back=_page_of(found), to=HERE,
        note=_("It is a draft again and has to be approved anew; what was reported stays."),
        button=_("Write it anew"), done=_("It is a draft again."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def derive(request: SignedIn, pk: int) -> HttpResponse:
    """The plan of a unit out of this one."""
    found = plan_to_derive(request.user, pk)
    given = {"tasks": found.tasks.all()}
    form = DeriveForm(request.POST or None, user=request.user, plan=found, initial=given)
    return form_page(
        request, form,
        lambda: services.derive_plan(found, **form.cleaned_data, by=request.user),
        title=_("Derive the plan of a unit"), above=ABOVE, back=_page_of(found), to=HERE,
        note=_("It begins as a draft with what it takes over; the goals serve those of here."),
        button=_("Derive"), done=_("Derived. Now fit its tasks to the unit."),
    )  # fmt: skip


def _task_form(request: SignedIn, task: PlanTask, title: str) -> HttpResponse:
    form = TaskForm(request.POST or None, instance=task, user=request.user, plan=task.plan)
    return form_page(
        request, form, lambda: services.keep_task(form.instance, by=request.user), title=title,
        above=ABOVE, back=_page_of(task.plan), to=HERE, done=_("Saved."),
    )  # fmt: skip


def _page_of(row: ServicePlan) -> Place:
    return reverse(HERE, args=[row.pk]), row.title
