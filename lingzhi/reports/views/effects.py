"""Before and after: what was begun, what an indicator did then, and events by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.sending import sent_well
from lingzhi.reports import access
from lingzhi.reports.forms.effects import EffectsForm, EventForm
from lingzhi.reports.presenting.effects import shown_effects
from lingzhi.reports.queries.effects import happened, judged
from lingzhi.reports.services import events


@require_GET
def effects(request: SignedIn) -> HttpResponse:
    """Surveys, trainings and measures held against an indicator (R-AN-20)."""
    access.require(request.user, access.PIVOT)
    form = EffectsForm(request.GET, user=request.user)
    several = happened(request.user, *form.span, form.unit_asked, form.kind_asked)
    definition = form.definition
    rows = []
    if definition is not None:
        rows = judged(request.user, definition, several, form.length_asked, form.channel_asked)
    context = {
        "form": form, "definition": definition, "rows": shown_effects(rows, request.user),
        "may_enter": request.user.can(access.MANAGE),
    }  # fmt: skip
    name = "_rows" if request.htmx else "effects"
    return render(request, f"reports/effects/{name}.html", context)


@require_http_methods(["GET", "POST"])
def new_event(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.MANAGE)
    form = EventForm(request.POST or None, user=request.user)
    if sent_well(request, form, lambda: events.enter_event(**form.cleaned_data, by=request.user)):
        messages.success(request, _("It is entered and held against the indicators."))
        return redirect("reports:effects")
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/effects/new.html", {"form": form}, status=status)


@require_POST
def remove_event(request: SignedIn, pk: int) -> HttpResponse:
    events.remove_event(access.event_to_remove(request.user, pk), by=request.user)
    messages.success(request, _("It is removed."))
    return redirect("reports:effects")
