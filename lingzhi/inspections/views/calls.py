"""The leader's side of a call that goes on: listen, whisper, barge in, take it over."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access.calls import require
from lingzhi.contacts.access.commands import call_to_follow, call_to_step_into
from lingzhi.contacts.queries.commands import COMMAND, calls_now, commands_visible_to, with_offers
from lingzhi.contacts.services.commands import new_number
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.presenting.commands import calls_for, shown_commands
from lingzhi.inspections.services.stepping_in import needs_reason
from lingzhi.inspections.services.stepping_in import step_in as ask


@require_GET
def calls(request: SignedIn) -> HttpResponse:
    """Agents of one's units who are at a call now."""
    require(request.user, COMMAND)
    template = "inspections/calls/_now.html" if request.htmx else "inspections/calls/now.html"
    return render(request, template, {"panel": calls_for(request.user)})


@require_GET
def call(request: SignedIn, pk: int) -> HttpResponse:
    """One call: what may be done about it, and what was asked so far."""
    found = call_to_follow(request.user, pk)
    leg = calls_now(request.user).filter(call=pk).last()
    rows = list(commands_visible_to(request.user).filter(call=pk))
    context = {
        "call": found,
        "row": with_offers([leg])[0] if leg else None,
        "rows": shown_commands(rows, request.user),
        "number": new_number(),
        "needs_reason": leg is not None and needs_reason(leg),
    }
    template = "inspections/calls/_asked.html" if request.htmx else "inspections/calls/call.html"
    return render(request, template, context)


@require_POST
def step_in(request: SignedIn, pk: int) -> HttpResponse:
    """Ask the phone system for it; what it answers stands at the call."""
    given = {name: request.POST.get(name, "") for name in ("number", "reason", "kind")}
    ask(call_to_step_into(request.user, pk), **given, by=request.user)
    return redirect("inspections:call", pk)


@require_GET
def commands(request: SignedIn) -> HttpResponse:
    """What leaders asked of the phone system: one's own, of one's people, about oneself."""
    access.require(request.user, access.READ)
    page = page_of(request, commands_visible_to(request.user))
    context = {"page": page, "rows": shown_commands(list(page.object_list), request.user)}
    template = "inspections/calls/_list.html" if request.htmx else "inspections/calls/list.html"
    return render(request, template, context)
