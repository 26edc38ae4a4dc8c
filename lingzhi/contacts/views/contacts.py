"""Pages of conversations: the list, one conversation, its recordings, unknown agents."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.models import User
from lingzhi.accounts.queries import saved_views
from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts import access, services
from lingzhi.contacts.facts import facts_in_words
from lingzhi.contacts.feeding.feeds import FeedOpen, feed_rows, open_feed
from lingzhi.contacts.feeding.feeds import end_feed as close_feed
from lingzhi.contacts.forms.contacts import (
    ContactFilters,
    FeedForm,
    MatchForm,
    RecordingForm,
    RegisterForm,
    RevealForm,
)
from lingzhi.contacts.models import Contact
from lingzhi.contacts.presenting import EXPORTED, export_header, shown_turns
from lingzhi.contacts.queries import identifiers_of, neighbours, unknown_agents, visible_to
from lingzhi.contacts.queries.mail import MAIL, mails_of
from lingzhi.contacts.registering import NobodyAnswers, register_contact, register_matter
from lingzhi.contacts.streaming import ranged_answer
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.intake import Refused
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import marks_of, panels_of

ORDERS = {"started_at", "-started_at", "turn_count", "-turn_count", "agent__name", "-agent__name"}


@require_GET
def contacts(request: SignedIn) -> HttpResponse:
    form = ContactFilters(request.GET, user=request.user)
    rows = form.narrow(visible_to(request.user))
    order = request.GET.get("sort", "")
    order = order if order in ORDERS else "-started_at"
    rows = rows.select_related("channel", "agent", "unit").order_by(order, "-pk")
    template = "contacts/_rows.html" if request.htmx else "contacts/list.html"
    context = {
        "page": page_of(request, rows),
        "form": form,
        "sort": order,
        "saved_views": saved_views(request.user, "contacts:list"),
    }
    return render(request, template, context)


@require_GET
def export(request: SignedIn) -> HttpResponse:
    if not request.user.can("contacts.export"):
        raise PermissionDenied
    form = ContactFilters(request.GET, user=request.user)
    rows = form.narrow(visible_to(request.user, "contacts.export"))
    services.record_export(rows.count(), by=request.user)
    values = rows.order_by("-started_at", "-pk").values_list(*EXPORTED)
    form_ = request.GET.get("form", "csv")
    return table_answer("contacts", form_, export_header(), values.iterator(2000))


@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    contact = access.contact_to_read(request.user, pk)
    rights = access.rights_over(request.user, contact)
    newer, older = neighbours(contact, visible_to(request.user))
    panels = _panels(request.user, contact)
    context = {
        "contact": contact,
        "rights": rights,
        "turns": shown_turns(contact, marks_of(panels)) if contact.has_words else [],
        "meta": facts_in_words(contact.meta),
        "panels": panels,
        "newer": newer,
        "older": older,
        "identifiers": identifiers_of(contact) if "customers.read" in rights else [],
        "recordings": [] if contact.is_withheld else contact.recordings.select_related("file"),
        "mails": mails_of(contact) if contact.source.code == MAIL and contact.has_words else [],
    }
    return render(request, "contacts/detail.html", context)


def _panels(user: User, contact: Contact) -> list[Any]:
    """What upper apps show beside it: nothing that quotes what is withheld."""
    return [] if contact.is_withheld else panels_of("contacts.detail", user, contact)


@require_GET
def printed(request: SignedIn, pk: int) -> HttpResponse:
    """The conversation with its findings as PDF, masked like its page."""
    contact = access.contact_to_read(request.user, pk)
    turns = shown_turns(contact, {}) if contact.has_words else []
    context = {"contact": contact, "turns": turns, "panels": _panels(request.user, contact)}
    services.record_print(contact, by=request.user)
    return pdf_answer(request, "contacts/print.html", context, f"conversation-{contact.pk}")


@require_http_methods(["GET", "POST"])
def reveal(request: SignedIn, pk: int, seq: int) -> HttpResponse:
    turn = access.turn_to_reveal(request.user, pk, seq)
    return _revealed(request, turn.contact, f"#turn-{seq}", partial(services.reveal_turn, turn))


@require_http_methods(["GET", "POST"])
def reveal_identifier(request: SignedIn, pk: int, identifier: UUID) -> HttpResponse:
    contact, found = access.identifier_to_reveal(request.user, pk, identifier)
    return _revealed(
        request, contact, "#facts-title", partial(services.reveal_identifier, contact, found)
    )


def _revealed(
    request: SignedIn, contact: Contact, anchor: str, reveal: Callable[..., str]
) -> HttpResponse:
    """Ask for a reason, then show what `reveal` gives; `anchor` leads back to its place."""
    form = RevealForm(request.POST or None)
    context: dict[str, Any] = {"contact": contact, "anchor": anchor, "form": form}
    is_reasoned = request.method == "POST" and form.is_valid()
    if is_reasoned:
        context["spoken"] = reveal(reason=form.cleaned_data["reason"], by=request.user)
    status = 422 if request.method == "POST" and not is_reasoned else 200
    template = "contacts/_reveal.html" if request.htmx else "contacts/reveal.html"
    return render(request, template, context, status=status)


@require_GET
def play(request: SignedIn, pk: int) -> HttpResponse:
    """Listening (调听): streamed by range, and recorded in the audit log."""
    recording = access.recording_to_play(request.user, pk)
    services.record_listening(recording, by=request.user)
    return ranged_answer(request, recording)


@require_POST
def download(request: SignedIn, pk: int) -> HttpResponse:
    recording = access.recording_to_download(request.user, pk)
    services.record_download(recording, reason=request.POST.get("reason", ""), by=request.user)
    answer = ranged_answer(request, recording)
    answer["Content-Disposition"] = f'attachment; filename="recording-{recording.pk}"'
    return answer


@require_http_methods(["GET", "POST"])
def add_recording(request: SignedIn, pk: int) -> HttpResponse:
    contact = access.contact_to_change(request.user, pk)
    form = RecordingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _keep_recording(contact, form.cleaned_data, request.user)
        return redirect("contacts:detail", contact.pk)
    status = 422 if request.method == "POST" else 200
    context = {"contact": contact, "form": form}
    return render(request, "contacts/add_recording.html", context, status=status)


def _keep_recording(contact: Contact, given: dict[str, Any], by: User) -> None:
    """The file where there is one, else where the recording lies."""
    roles = [role for role in given["roles"].split(",") if role]
    if file := given["file"]:
        services.add_recording(contact, file.file, name=file.name, roles=roles, by=by)
    else:
        services.refer_to_recording(contact, given["reference"], roles=roles, by=by)


@require_http_methods(["GET", "POST"])
def unmatched(request: SignedIn) -> HttpResponse:
    """Contacts of agents nobody knows wait here; none is dropped."""
    if not request.user.can("contacts.match"):
        raise PermissionDenied
    form = MatchForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        count = services.match_agent(
            found["source"], found["reference"], found["staff_no"], by=request.user
        )
        text = ngettext("%(count)d contact matched.", "%(count)d contacts matched.", count)
        messages.success(request, text % {"count": count})
        return redirect("contacts:unmatched")
    status = 422 if request.method == "POST" else 200
    context = {"page": page_of(request, unknown_agents(request.user)), "form": form}
    return render(request, "contacts/unmatched.html", context, status=status)


@require_http_methods(["GET", "POST"])
def register(request: SignedIn) -> HttpResponse:
    """Any employee registers a contact, an idea or a lapse (R-OR-14)."""
    if not request.user.can("contacts.register"):
        raise PermissionDenied
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            where = _register(request, form)
        except Refused as refused:
            form.refuse(refused.problems)
        except NobodyAnswers as nobody:
            form.add_error("unit", str(nobody.sentence))
        else:
            return redirect(where)
    status = 422 if request.method == "POST" else 200
    return render(request, "contacts/register.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def feeds(request: SignedIn) -> HttpResponse:
    """Systems that tell of conversations while they go on; a new one shows its secret once."""
    access.require_feeds(request.user)
    form, opened = FeedForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_feed(form.source(), by=request.user)
        except FeedOpen as refused:
            form.add_error("code", str(refused.sentence))
        else:
            form = FeedForm()
    context = {
        "feeds": feed_rows(),
        "form": form,
        "opened": opened,
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    status = 422 if form.errors else 200
    return render(request, "contacts/feeds.html", context, status=status)


@require_POST
def end_feed(request: SignedIn, pk: int) -> HttpResponse:
    close_feed(access.feed_to_end(request.user, pk), by=request.user)
    messages.success(request, _("The feed has ended."))
    return redirect("contacts:feeds")


def _register(request: SignedIn, form: RegisterForm) -> str:
    """Register what the form holds and say what happens next; the address to go on at.

    Who may read the conversation goes on there: its page opens a case.
    """
    found, user = form.cleaned_data, request.user
    if found["kind"] != "contact":
        register_matter(found["kind"], found["words"], found["unit"], by=user)
        messages.success(request, _("Handed to who answers for quality there."))
        return reverse("contacts:register")
    contact = register_contact(form.record(), by=user)
    sentence = _("Registered as %(number)s; it is inspected like any other.")
    messages.success(request, sentence % {"number": contact})
    is_read = visible_to(user).filter(pk=contact.pk).exists()
    return (
        reverse("contacts:detail", args=[contact.pk]) if is_read else reverse("contacts:register")
    )
