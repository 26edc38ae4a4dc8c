"""The agent's desk at the phone: who calls, one's own state, breaks, help."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.models import User
from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access.calls import SERVE, require
from lingzhi.contacts.access.floor import hand_to_lower, reason_to_take
from lingzhi.contacts.calling import who_calls
from lingzhi.contacts.models import AgentState, BreakReason, BreakRequest
from lingzhi.contacts.queries.floor import minutes_today
from lingzhi.contacts.services import floor as services
from lingzhi.contacts.services import take_state


@require_GET
def desk(request: SignedIn) -> HttpResponse:
    require(request.user, SERVE)
    template = "contacts/floor/_desk.html" if request.htmx else "contacts/floor/desk.html"
    return render(request, template, _context(request.user))


def _context(user: User) -> dict[str, Any]:
    reasons = [
        (reason, round(minutes_today(user, reason)))
        for reason in BreakReason.objects.filter(retired_at=None)
    ]
    return {
        "calling": who_calls(user),
        "state": AgentState.objects.filter(person=user, until=None, source="cti").first(),
        "reasons": reasons,
        "asked": BreakRequest.objects.filter(person=user, decided_at=None).first(),
        "hand": user.raised_hands.filter(answered_at=None, lowered_at=None).first(),
        "states": [one for one in AgentState.State.choices if one[0] not in {"busy", "on_break"}],
    }


@require_POST
def set_state(request: SignedIn) -> HttpResponse:
    require(request.user, SERVE)
    state = request.POST.get("state", "")
    take_state(request.user, state, by=request.user)
    return redirect("contacts:desk")


@require_POST
def take_break(request: SignedIn, pk: int) -> HttpResponse:
    if services.take_break(reason_to_take(request.user, pk), by=request.user):
        messages.info(request, _("A leader has been asked; the break begins when it is granted."))
    return redirect("contacts:desk")


@require_POST
def raise_hand(request: SignedIn) -> HttpResponse:
    require(request.user, SERVE)
    services.raise_hand(request.POST.get("words", ""), by=request.user)
    return redirect("contacts:desk")


@require_POST
def lower_hand(request: SignedIn, pk: int) -> HttpResponse:
    services.lower_hand(hand_to_lower(request.user, pk), by=request.user)
    return redirect("contacts:desk")
