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
from lingzhi.contacts.access.floor import hand_to_lower, reason_to_take, require_desk
from lingzhi.contacts.calling import who_calls
from lingzhi.contacts.forms.floor import StateForm
from lingzhi.contacts.queries.floor import my_state
from lingzhi.contacts.services import floor as services
from lingzhi.contacts.services.states import take_state
from lingzhi.core.errors import BadInput


@require_GET
def desk(request: SignedIn) -> HttpResponse:
    require(request.user, SERVE)
    template = "contacts/floor/_desk.html" if request.htmx else "contacts/floor/desk.html"
    return render(request, template, _context(request.user))


def _context(user: User) -> dict[str, Any]:
    return {
        "calling": who_calls(user),
        "mine": my_state(user),
        "hand": user.raised_hands.filter(answered_at=None, lowered_at=None).first(),
    }


@require_POST
def set_state(request: SignedIn) -> HttpResponse:
    """Ready, busy with its reason, after-call work, or signed out; from either desk."""
    require_desk(request.user)
    form = StateForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("This state is not known."), field="state")
    take_state(request.user, **form.cleaned_data, by=request.user)
    return _back(request)


def _back(request: SignedIn) -> HttpResponse:
    """To the desk from which it was done."""
    return redirect("chat:desk" if request.POST.get("desk") == "chat" else "contacts:desk")


@require_POST
def take_break(request: SignedIn, pk: int) -> HttpResponse:
    if services.take_break(reason_to_take(request.user, pk), by=request.user):
        messages.info(request, _("A leader has been asked; the break begins when it is granted."))
    return _back(request)


@require_POST
def raise_hand(request: SignedIn) -> HttpResponse:
    require(request.user, SERVE)
    services.raise_hand(request.POST.get("words", ""), by=request.user)
    return redirect("contacts:desk")


@require_POST
def lower_hand(request: SignedIn, pk: int) -> HttpResponse:
    services.lower_hand(hand_to_lower(request.user, pk), by=request.user)
    return redirect("contacts:desk")
