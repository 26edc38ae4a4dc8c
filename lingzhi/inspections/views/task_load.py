"""For leads: how far every inspector is, all tasks, giving them to somebody."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.models import User
from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.tasks import inspector_led, tasks_to_give
from lingzhi.inspections.forms.tasks import GiveForm, TaskFilters, WorkloadForm
from lingzhi.inspections.models import Task
from lingzhi.inspections.presenting.tasks import given_tasks as shown
from lingzhi.inspections.presenting.tasks import shown_loads
from lingzhi.inspections.queries.tasks import inspectors_led_by, narrowed, tasks_led_by
from lingzhi.inspections.queries.timing import AIM_SECONDS
from lingzhi.inspections.services.redistributing import give_tasks as give
from lingzhi.inspections.services.workloads import set_workload as set_most


@require_GET
def load(request: SignedIn) -> HttpResponse:
    """How far every inspector is."""
    access.require(request.user, access.PLAN)
    tasks = tasks_led_by(request.user)
    page = page_of(request, inspectors_led_by(request.user))
    context = {
        "page": page,
        "rows": shown_loads(list(page.object_list), tasks),
        "free": narrowed(tasks, state="free").count(),
        "aim": AIM_SECONDS,
    }
    return render(request, "inspections/tasks/load.html", context)


@require_POST
def set_workload(request: SignedIn, pk: int) -> HttpResponse:
    person = inspector_led(request.user, pk)
    form = WorkloadForm(request.POST)
    if not form.is_valid():
        raise BadInput(str(form.errors["tasks_a_day"][0]), field="tasks_a_day")
    set_most(person, form.cleaned_data["tasks_a_day"], by=request.user)
    return redirect("inspections:task_load")


@require_GET
def given_tasks(request: SignedIn) -> HttpResponse:
    """All tasks of the plans this person leads."""
    access.require(request.user, access.PLAN)
    form = TaskFilters(request.GET, inspectors_led_by(request.user))
    form.is_valid()
    rows = narrowed(tasks_led_by(request.user), **form.cleaned_data)
    template = "inspections/tasks/_given.html" if request.htmx else "inspections/tasks/given.html"
    return render(request, template, {**_listed(request, rows), "form": form})


def _listed(request: SignedIn, rows: QuerySet[Task]) -> dict[str, Any]:
    wanted = ("contact__unit", "contact__agent", "plan", "inspector", "swapped_for__contact")
    page = page_of(request, rows.select_related(*wanted, "review").order_by("-pk"))
    give = GiveForm(None, inspectors_led_by(request.user))
    return {"page": page, "rows": shown(list(page.object_list)), "give": give}


@require_POST
def give_tasks(request: SignedIn) -> HttpResponse:
    """Give the chosen tasks to one person; all, or none: then the form comes with why not."""
    numbers = [int(one) for one in request.POST.getlist("task") if one.isdecimal()]
    tasks = tasks_to_give(request.user, numbers)
    form = GiveForm(request.POST, inspectors_led_by(request.user))
    number = _given(form, tasks, request.user)
    if number is None:
        chosen = tasks_led_by(request.user).filter(pk__in=numbers)
        people = inspectors_led_by(request.user)
        context = {
            **_listed(request, chosen), "form": TaskFilters(None, people), "give": form,
            "chosen": numbers,
        }  # fmt: skip
        return render(request, "inspections/tasks/given.html", context, status=422)
    said = ngettext("%(n)d task was given.", "%(n)d tasks were given.", number)
    messages.success(request, said % {"n": number})
    return redirect("inspections:given_tasks")


def _given(form: GiveForm, tasks: list[Task], by: User) -> int | None:
    """How many were given; None where the form says why not."""
    if not form.is_valid():
        return None
    to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
    try:
        return give(tasks, to, reason=reason, by=by)
    except BadInput as problem:
        form.add_error("reason", str(problem.sentence))
        return None
