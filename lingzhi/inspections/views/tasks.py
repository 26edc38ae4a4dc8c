"""Tasks of inspectors: my tasks, the next one, scoring one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.tasks import task_to_do
from lingzhi.inspections.models import Task
from lingzhi.inspections.presenting.tasks import shown_tasks
from lingzhi.inspections.queries.tasks import counts_of, tasks_of
from lingzhi.inspections.queries.timing import AIM_SECONDS, pace_of
from lingzhi.inspections.services import swapping, taking
from lingzhi.inspections.services.doing import begin_task

State = Task.State


@require_GET
def tasks(request: SignedIn) -> HttpResponse:
    """What this person was given: what is open, or with `?state=done` what is done."""
    access.require(request.user, access.SCORE)
    state = State.DONE if request.GET.get("state") == State.DONE else State.OPEN
    rows = tasks_of(request.user).filter(state=state)
    page = page_of(request, rows.order_by("-done_at", "-pk") if state == State.DONE else rows)
    context: dict[str, Any] = {
        "page": page,
        "rows": shown_tasks(page.object_list),
        "is_open": state == State.OPEN,
        "is_done": state == State.DONE,
        "counts": counts_of(request.user),
        "pace": pace_of(request.user.pk),
        "aim": AIM_SECONDS,
        "may_plan": request.user.can(access.PLAN),
    }
    return render(request, "inspections/tasks/mine.html", context)


@require_POST
def next_task(request: SignedIn) -> HttpResponse:
    """Straight to the workbench of the next task; a free one of the plans when none is left."""
    access.require(request.user, access.SCORE)
    task = taking.next_task(request.user)
    if task is None:
        messages.info(request, _("Nothing is left to do: every task is done or with somebody."))
        return redirect("inspections:tasks")
    return redirect("inspections:review", begin_task(task, by=request.user).pk)


@require_POST
def score_task(request: SignedIn, pk: int) -> HttpResponse:
    task = task_to_do(request.user, pk)
    return redirect("inspections:review", begin_task(task, by=request.user).pk)


@require_POST
def swap_task(request: SignedIn, pk: int) -> HttpResponse:
    task = task_to_do(request.user, pk)
    made = swapping.swap_task(task, reason=request.POST.get("reason", ""), by=request.user)
    if made is None:
        messages.warning(request, _("Put aside. Nothing of its kind is left: the sample is short."))
    else:
        messages.success(request, _("Swapped: another conversation of its kind stands in."))
    return redirect("inspections:tasks")
