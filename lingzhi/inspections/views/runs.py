"""Runs of the rules over stored conversations."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access, services
from lingzhi.inspections.forms.filters import RunFilters
from lingzhi.inspections.models import InspectionRun
from lingzhi.inspections.presenting.runs import filters_in_words
from lingzhi.inspections.queries import judging_versions
from lingzhi.jobs.services import cancel_run


@require_GET
def runs(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.RUN)
    rows = InspectionRun.objects.select_related("run", "started_by")
    template = "inspections/_runs.html" if request.htmx else "inspections/runs.html"
    return render(request, template, {"page": page_of(request, rows)})


@require_http_methods(["GET", "POST"])
def start_run(request: SignedIn) -> HttpResponse:
    """The form counts what it would judge; sending it starts the run."""
    access.require(request.user, access.RUN)
    form = RunFilters(request.POST or request.GET, user=request.user, period="all")
    if request.method == "POST" and form.is_valid():
        label = _("Inspection: %(what)s") % {"what": filters_in_words(form.filters)}
        started = services.start_inspection(form.filters, label=label, by=request.user)
        return redirect("inspections:run", started.pk)
    context = {"form": form, "count": form.contacts.count(), "rules": judging_versions().count()}
    template = "inspections/_count.html" if request.htmx else "inspections/start_run.html"
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@require_GET
def run(request: SignedIn, pk: int) -> HttpResponse:
    started = access.run_to_watch(request.user, pk)
    context = {
        "started": started,
        "run": started.run,
        "rules": len(started.snapshot.version_ids),
        "may_cancel": access.may_cancel(request.user, started),
    }
    return render(request, "inspections/run.html", context)


@require_GET
def progress(request: SignedIn, pk: int) -> HttpResponse:
    """The bar alone, asked for every two seconds; the whole page once the run has ended."""
    started = access.run_to_watch(request.user, pk)
    if started.run.is_finished:
        return HttpResponseClientRefresh()
    context = {"started": started, "run": started.run}
    return render(request, "inspections/_progress.html", context)


@require_POST
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    cancel_run(access.run_to_cancel(request.user, pk).run, by=request.user)
    messages.success(request, _("The run stops after the group it is at; what it judged stays."))
    return redirect("inspections:run", pk)
