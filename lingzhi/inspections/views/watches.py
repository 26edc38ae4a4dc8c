"""Watching live: one by chance, notes, past watches, publishing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.watches import (
    live_to_watch,
    may_publish,
    note_to_finish,
    watch_to_publish,
    watch_to_read,
)
from lingzhi.inspections.presenting.watches import shown_watches
from lingzhi.inspections.queries.watches import kept_as, watches_visible_to
from lingzhi.inspections.services import watching


@require_POST
def watch_any(request: SignedIn) -> HttpResponse:
    """Show a conversation of one's reach by chance."""
    access.require(request.user, access.WATCH)
    return redirect("inspections:live_conversation", watching.watch_any(request.user).live_id)


@require_POST
def note(request: SignedIn, pk: int) -> HttpResponse:
    """Note something about a conversation that goes on; `leader` makes it a to-do."""
    contact = live_to_watch(request.user, pk)
    watch = watching.begin_watch(contact, by=request.user)
    watching.note(
        watch, request.POST.get("text", ""), tells_leader="leader" in request.POST,
        by=request.user,
    )  # fmt: skip
    if contact.closed_at is not None:  # it ended while the note was written
        return redirect("inspections:watch", watch.pk)
    return redirect("inspections:live_conversation", pk)


@require_GET
def watches(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    page = page_of(request, watches_visible_to(request.user))
    context = {"page": page, "rows": shown_watches(list(page.object_list), request.user)}
    return render(request, "inspections/watches/list.html", context)


@require_GET
def watch(request: SignedIn, pk: int) -> HttpResponse:
    found = watch_to_read(request.user, pk)
    context = {
        "shown": shown_watches([found], request.user)[0],
        "watch": found,
        "notes": found.notes.select_related("todo_for"),
        "kept": kept_as(found, request.user),
        "may_publish": may_publish(request.user, found) and not found.is_published,
    }
    return render(request, "inspections/watches/watch.html", context)


@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    watching.publish_watch(watch_to_publish(request.user, pk), by=request.user)
    messages.success(request, _("Published: the agent sees it now."))
    return redirect("inspections:watch", pk)


@require_POST
def finish_note(request: SignedIn, pk: int) -> HttpResponse:
    found = note_to_finish(request.user, pk)
    watching.finish_note(found, by=request.user)
    return redirect("inspections:watch", found.watch_id)
