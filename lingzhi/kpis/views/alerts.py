"""Alerts of indicators: the list, one with its evidence, taking and closing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import panels_of
from lingzhi.kpis import access, services
from lingzhi.kpis.forms.alerts import IndicatorAlertFilters, OutcomeForm
from lingzhi.kpis.models import Alert
from lingzhi.kpis.presenting.alerts import ShownAlert, evidence_of
from lingzhi.kpis.queries import alerts_visible_to, false_alarms


@require_GET
def alerts(request: SignedIn) -> HttpResponse:
    """Alerts within reach, and how many of the last year were false."""
    access.require(request.user, access.READ)
    form = IndicatorAlertFilters(request.GET, user=request.user)
    page = page_of(request, form.narrow(alerts_visible_to(request.user)))
    shown = [ShownAlert(one) for one in page.object_list]
    context = {"form": form, "page": page, "shown": shown, "rates": false_alarms()}
    template = "kpis/alerts/_list.html" if request.htmx else "kpis/alerts/list.html"
    return render(request, template, context)


@require_GET
def alert(request: SignedIn, pk: int) -> HttpResponse:
    """What moved, since when, how far, and what made most of it."""
    found = access.alert_to_read(request.user, pk)
    return _page(request, found, OutcomeForm())


@require_POST
def take_alert(request: SignedIn, pk: int) -> HttpResponse:
    found = access.alert_to_answer(request.user, pk)
    services.take_alert(found, by=request.user)
    messages.success(request, _("You see to this alert."))
    return redirect("kpis:alert", pk)


@require_POST
def close_alert(request: SignedIn, pk: int) -> HttpResponse:
    found = access.alert_to_answer(request.user, pk)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    given = form.cleaned_data
    services.close_alert(found, given["outcome"], reason=given["reason"], by=request.user)
    messages.success(request, _("The alert is closed."))
    return redirect("kpis:alert", pk)


def _page(request: SignedIn, found: Alert, form: OutcomeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "alert": found,
        "panels": panels_of("kpis.alert", request.user, found),
        "definition": found.definition,
        "shown": ShownAlert(found),
        "evidence": evidence_of(found),
        "form": form,
        "may_answer": found.is_open and access.may_answer(request.user, found),
        "is_mine": found.owner_id == request.user.pk,
        "rates": false_alarms(),
    }
    return render(request, "kpis/alerts/alert.html", context, status=status)
