"""Are the channels clear: now, by the hour, and what was congested."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access import flow as access
from lingzhi.contacts.access.calls import require
from lingzhi.contacts.access.channels import READ, channel_to_read
from lingzhi.contacts.flow import flows
from lingzhi.contacts.flow_figures import congestions, hours_of, last_weeks
from lingzhi.contacts.forms.flow import FlowFilters, LimitsForm, SeatsForm
from lingzhi.contacts.models import Channel, ChannelSeats, FlowLimits
from lingzhi.contacts.presenting import shown_congestions, shown_flows, shown_shares
from lingzhi.contacts.services.flow import drop_seats, plan_seats, set_flow_limits
from lingzhi.core.clock import now
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well


@require_GET
def flow(request: SignedIn) -> HttpResponse:
    """Every channel that is offered, now; it renews itself."""
    require(request.user, READ)
    found = shown_flows(flows())
    context = {"flows": found, "at": now(), "bad": sum(one.state == "congested" for one in found)}
    template = "contacts/flow/_now.html" if request.htmx else "contacts/flow/now.html"
    return render(request, template, context)


@require_GET
def past(request: SignedIn) -> HttpResponse:
    """What was congested on these days, and how long each channel was clear."""
    require(request.user, READ)
    form = FlowFilters(request.GET)
    page = page_of(request, form.rows())
    page.object_list = shown_congestions(page.object_list)
    context = {"form": form, "page": page, "shares": shown_shares(*form.span)}
    template = "contacts/flow/_past.html" if request.htmx else "contacts/flow/past.html"
    return render(request, template, context)


@require_GET
def channel(request: SignedIn, pk: int) -> HttpResponse:
    return _channel(request, channel_to_read(request.user, pk))


@dataclass(frozen=True, slots=True)
class _Forms:
    seats: SeatsForm
    limits: LimitsForm


def _forms(found: Channel, data: Any = None, *, which: str = "") -> _Forms:
    limits = FlowLimits.objects.filter(channel=found).first() or FlowLimits(channel=found)
    return _Forms(
        SeatsForm(data if which == "seats" else None, instance=ChannelSeats(channel=found)),
        LimitsForm(data if which == "limits" else None, instance=limits),
    )


def _channel(request: SignedIn, found: Channel, forms: _Forms | None = None) -> HttpResponse:
    context = {
        "channel": found,
        "flow": shown_flows(flows([found]))[0],
        "hours": hours_of(found),
        "congestions": shown_congestions(congestions(*last_weeks(), found)[:10]),
        "may_plan": access.may_plan(request.user),
        "forms": forms or _forms(found),
    }
    return render(request, "contacts/flow/channel.html", context, status=422 if forms else 200)


@require_POST
def seats(request: SignedIn, pk: int) -> HttpResponse:
    """So many more seats in the plan."""
    found = access.channel_to_plan(request.user, pk)
    forms = _forms(found, request.POST, which="seats")
    if sent_well(request, forms.seats, lambda: plan_seats(forms.seats.instance, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("contacts:channel_flow", found.pk)
    return _channel(request, found, forms)


@require_POST
def seats_drop(request: SignedIn, pk: int) -> HttpResponse:
    found = access.seats_to_drop(request.user, pk)
    drop_seats(found, by=request.user)
    messages.success(request, _("Taken out of the plan."))
    return redirect("contacts:channel_flow", found.channel_id)


@require_POST
def limits(request: SignedIn, pk: int) -> HttpResponse:
    """From when on the channel counts as congested."""
    found = access.channel_to_plan(request.user, pk)
    forms = _forms(found, request.POST, which="limits")
    if sent_well(
        request, forms.limits, lambda: set_flow_limits(forms.limits.instance, by=request.user)
    ):
        messages.success(request, _("Saved."))
        return redirect("contacts:channel_flow", found.pk)
    return _channel(request, found, forms)
