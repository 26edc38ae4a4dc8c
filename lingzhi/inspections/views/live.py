"""The live floor: conversations that go on, and one of them as it is spoken (现场监控)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access import open_contact_to_read
from lingzhi.contacts.models import OpenContact
from lingzhi.contacts.queries import open_to
from lingzhi.core.panels import panels_of
from lingzhi.inspections import access
from lingzhi.inspections.access.watches import may_watch
from lingzhi.inspections.presenting.commands import call_behind
from lingzhi.inspections.presenting.live import shown_floor, shown_talk, step_in
from lingzhi.inspections.services.watching import begin_watch
from lingzhi.jobs.models import Worker
from lingzhi.jobs.queries import has_heartbeat


@require_GET
def floor(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    rows = shown_floor(open_to(request.user, access.READ))
    template = "inspections/_floor.html" if request.htmx else "inspections/floor.html"
    context = {
        "rows": rows,
        "with_hits": sum(1 for row in rows if row.hits),
        "is_watching": has_heartbeat(Worker.Kind.LIVE),
        "may_watch": request.user.can(access.WATCH),
        "panels": [
            *panels_of("contacts.floor", request.user, None),
            *panels_of("contacts.agents", request.user, None),
        ],
    }
    return render(request, template, context)


@require_GET
def conversation(request: SignedIn, pk: int) -> HttpResponse:
    """One open conversation; when it is over, the way leads to where it is kept."""
    access.require(request.user, access.READ)
    contact = open_contact_to_read(request.user, pk)
    if contact.contact_id is not None and not request.htmx:
        return redirect("contacts:detail", contact.contact_id)
    template = "inspections/_live_talk.html" if request.htmx else "inspections/live_talk.html"
    context = {"talk": shown_talk(contact), "contact": contact, **_watched(request, contact)}
    context |= step_in(contact, request.user)
    context["call"] = call_behind(contact, request.user)
    return render(request, template, context)


def _watched(request: SignedIn, contact: OpenContact) -> dict[str, Any]:
    """Whoever looks at somebody else's conversation is kept, whatever else they may do."""
    if contact.agent_id == request.user.pk or contact.closed_at is not None:
        return {}
    watch = begin_watch(contact, by=request.user)
    if request.htmx:
        return {}
    may_note = may_watch(request.user, contact)
    return {"watch": watch, "notes": watch.notes.all(), "may_note": may_note}
