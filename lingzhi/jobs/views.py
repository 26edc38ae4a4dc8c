"""Pages of background work: runs with their progress, what was given up, who works."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from lingzhi.core.pagination import page_of
from lingzhi.jobs import access, queries
from lingzhi.jobs.forms import DiscardForm, RunFilters
from lingzhi.jobs.services import cancel_run, discard_job, retry_job


@require_GET
def runs(request: Any) -> HttpResponse:
    form = RunFilters(request.GET)
    rows = form.narrow(queries.visible_to(request.user))
    template = "jobs/_rows.html" if request.htmx else "jobs/list.html"
    context = {"page": page_of(request, rows), "form": form, "tab": "runs"}
    return render(request, template, context)


@require_GET
def run(request: Any, pk: int) -> HttpResponse:
    found = access.run_to_read(request.user, pk)
    may_cancel = found.started_by_id == request.user.pk or request.user.can("jobs.manage")
    return render(request, "jobs/run.html", {"run": found, "may_cancel": may_cancel})


@require_GET
def progress(request: Any, pk: int) -> HttpResponse:
    """The bar alone, asked for every two seconds; the whole page once the run has ended."""
    found = access.run_to_read(request.user, pk)
    if found.is_finished:
        return HttpResponseClientRefresh()
    return render(request, "jobs/_progress.html", {"run": found})


@require_POST
def cancel(request: Any, pk: int) -> HttpResponse:
    found = access.run_to_cancel(request.user, pk)
    cancel_run(found, by=request.user)
    messages.success(request, _("The work stops after the group it is at."))
    return redirect("jobs:run", pk)


@require_GET
def given_up(request: Any) -> HttpResponse:
    access.machinery(request.user)
    context = {"page": page_of(request, queries.dead_letters()), "tab": "given_up"}
    return render(request, "jobs/given_up.html", context)


@require_POST
def retry(request: Any, pk: int) -> HttpResponse:
    retry_job(access.dead_letter_to_decide(request.user, pk), by=request.user)
    messages.success(request, _("The job was queued again."))
    return redirect("jobs:given_up")


@require_POST
def discard(request: Any, pk: int) -> HttpResponse:
    job = access.dead_letter_to_decide(request.user, pk)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        context = {"page": page_of(request, queries.dead_letters()), "tab": "given_up"}
        return render(request, "jobs/given_up.html", {**context, "form": form}, status=422)
    discard_job(job, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("The job was discarded."))
    return redirect("jobs:given_up")


@require_GET
def machinery(request: Any) -> HttpResponse:
    access.machinery(request.user)
    context = {
        "workers": queries.living_workers(),
        "schedules": queries.schedules(),
        "backlog": queries.backlog(),
        "tab": "machinery",
    }
    return render(request, "jobs/machinery.html", context)
