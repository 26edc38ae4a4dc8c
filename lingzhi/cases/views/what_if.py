"""Other limits and days tried on the cases of a period, and targets over many clocks."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.forms.what_if import PERIODS, TargetForm, WhatIfForm
from lingzhi.cases.models import ClockTarget
from lingzhi.cases.presenting.targets import shown_answer, shown_targets
from lingzhi.cases.queries.people import SET
from lingzhi.cases.queries.what_if import MOST, clocks_between, compare, reached
from lingzhi.cases.services.targets import end_target, set_target
from lingzhi.core.clock import today
from lingzhi.core.sending import sent_well
from lingzhi.org.queries import in_force


@require_GET
def what_if(request: SignedIn) -> HttpResponse:
    """Which clocks would stand otherwise; nothing is changed."""
    require(request.user, SET)
    form = WhatIfForm(request.GET if request.GET else None)
    context = {"form": form, "most": MOST}
    if request.GET and form.is_valid():
        changes = form.changes
        narrow = {"rule__code": changes.code} if changes.limit else {}
        first = today() - timedelta(days=form.length)
        clocks = list(clocks_between(first, today(), **narrow)[:MOST])
        context["answer"] = shown_answer(compare(clocks, changes))
    return render(request, "cases/what_if/what_if.html", context)


@require_GET
def targets(request: SignedIn) -> HttpResponse:
    """Each target with the share that kept it."""
    require(request.user, SET)
    wanted = request.GET.get("days", "30")
    days = int(wanted) if wanted in dict(PERIODS) else 30
    rows = ClockTarget.objects.filter(in_force(today())).select_related("type", "channel")
    context = {
        "targets": shown_targets([reached(one, days) for one in rows[:20]]),
        "days": str(days),
        "periods": PERIODS,
    }
    return render(request, "cases/what_if/targets.html", context)


@require_http_methods(["GET", "POST"])
def new_target(request: SignedIn) -> HttpResponse:
    require(request.user, SET)
    form = TargetForm(request.POST or None)
    if sent_well(request, form, lambda: set_target(form.save(commit=False), by=request.user)):
        messages.success(request, _("The target is set."))
        return redirect("cases:targets")
    context = {"form": form, "title": _("New target"), "back": "cases:limits"}
    status = 422 if form.errors else 200
    return render(request, "cases/limits/plain.html", context, status=status)


@require_POST
def end_one(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, SET)
    target = ClockTarget.objects.filter(pk=pk).first()
    if target is None:
        raise Http404
    end_target(target, by=request.user)
    return redirect("cases:targets")
