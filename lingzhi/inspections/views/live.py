"""The live floor: conversations that go on, and one of them as it is spoken (现场监控)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access import open_contact_to_read
from lingzhi.contacts.queries import open_to
from lingzhi.inspections import access
from lingzhi.inspections.presenting.live import shown_floor, shown_talk
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
    return render(request, template, {"talk": shown_talk(contact), "contact": contact})
