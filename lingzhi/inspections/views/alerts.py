"""Alerts: those of now, those of before, and their limits."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.alerts import alert_to_answer, limit_to_change
from lingzhi.inspections.forms.alerts import AlertFilters, LimitForm
from lingzhi.inspections.presenting.alerts import shown_limits
from lingzhi.inspections.queries.alerts import FLOOR, alerts_now, alerts_visible_to
from lingzhi.inspections.services import alerts as services


@require_GET
def alerts(request: SignedIn) -> HttpResponse:
    """Every alert within reach, the newest first: who saw to it, and after how long."""
    access.require(request.user, FLOOR)
    form = AlertFilters(request.GET)
    page = page_of(request, form.narrow(alerts_visible_to(request.user)))
    template = "inspections/alerts/_list.html" if request.htmx else "inspections/alerts/list.html"
    return render(request, template, {"page": page, "form": form})


@require_GET
def now(request: SignedIn) -> HttpResponse:
    """The alerts that go on, as the floor and the wallboard show them."""
    access.require(request.user, FLOOR)
    context = {"panel": {"alerts": alerts_now(request.user)}}
    return render(request, "inspections/alerts/_now.html", context)


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody sees to it; the way leads to the conversation while it goes on."""
    alert = alert_to_answer(request.user, pk)
    services.answer_alert(alert, by=request.user)
    messages.success(request, _("It is kept that you see to it."))
    return redirect(services.address_of(alert))


@require_http_methods(["GET", "POST"])
def limits(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """The limits of one's units and those above; new ones, or some that are changed."""
    access.require(request.user, FLOOR)
    limit = limit_to_change(request.user, pk) if pk else None
    form = LimitForm(request.POST or None, instance=limit, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.keep_limit(form.save(commit=False), form.chosen_rules, by=request.user)
        messages.success(request, _("Kept. It holds within seconds."))
        return redirect("inspections:alert_limits")
    context = {"form": form, "limit": limit, "limits": shown_limits(request.user)}
    status = 422 if request.method == "POST" else 200
    return render(request, "inspections/alerts/limits.html", context, status=status)


@require_POST
def retire(request: SignedIn, pk: int) -> HttpResponse:
    services.retire_limit(limit_to_change(request.user, pk), by=request.user)
    messages.success(request, _("These limits are no longer used."))
    return redirect("inspections:alert_limits")
