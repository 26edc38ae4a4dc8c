"""Complaints: their list, one complaint, registering one, the duty matrix."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.complaints import (
    complaint_to_read,
    contact_to_complain_from,
    may_act_on,
    require_complaining,
)
from lingzhi.cases.forms.complaints import ComplaintFilterForm, ComplaintForm, CountsForm
from lingzhi.cases.models import CaseEvent, Complaint
from lingzhi.cases.presenting.cases import TONES, shown_clocks, state_of
from lingzhi.cases.presenting.complaints import (
    acts_in_groups,
    next_act,
    shown_complaints,
    shown_replies,
    stages_of,
)
from lingzhi.cases.presenting.dictionaries import shown_goods
from lingzhi.cases.queries.alike import group_of, repeats_of
from lingzhi.cases.queries.cases import clocks_of
from lingzhi.cases.queries.channels import complaint_channels
from lingzhi.cases.queries.complaint_counts import DIMENSIONS, counted
from lingzhi.cases.queries.complaints import (
    SETTLE,
    ComplaintFilters,
    complaints_visible_to,
    hides_complainant,
    registered_by,
)
from lingzhi.cases.queries.people import READ
from lingzhi.cases.services.complainants import view_complainant
from lingzhi.cases.services.complaints import register_complaint
from lingzhi.cases.views.complaint_acts import EVERY
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.customers.services.known import customers_for

UNMASK = "customers.unmask"


@require_GET
def complaints(request: SignedIn) -> HttpResponse:
    """The complaint officer's list, in the order of what is due next."""
    require(request.user, READ)
    form = ComplaintFilterForm(request.GET)
    form.is_valid()
    wanted = ComplaintFilters(**form.cleaned_data)
    visible = complaints_visible_to(request.user)
    page = page_of(request, wanted.apply(visible))
    context = {"page": page, "rows": shown_complaints(page), "form": form}
    if not request.htmx:
        context["replies"] = shown_replies(visible)
    template = "cases/complaints/_rows.html" if request.htmx else "cases/complaints/list.html"
    return render(request, template, context)


@require_GET
def own(request: SignedIn) -> HttpResponse:
    """What one registered oneself, and how far it is: for every employee."""
    require_complaining(request.user)
    page = page_of(request, registered_by(request.user))
    context = {"page": page, "rows": shown_complaints(page)}
    return render(request, "cases/complaints/own.html", context)


@require_GET
def complaint(request: SignedIn, pk: int) -> HttpResponse:
    """Everything about a complaint that is not on the page of its case."""
    found = complaint_to_read(request.user, pk)
    rights = {one.capability for one in EVERY.values()}
    held = {one for one in rights if may_act_on(request.user, found, one)}
    stages = stages_of(found)
    acts = {
        name: one.title
        for name, one in EVERY.items()
        if one.capability in held and one.items is None
        and (name != "effect" or found.improvement)  # nothing to confirm before
    }  # fmt: skip
    context = {
        "complaint": found,
        "case": found.case,
        "state": state_of(found.case),
        "tone": TONES[found.case.kind],
        "stages": stages,
        "next_act": next_act(stages, acts),
        "clocks": shown_clocks(clocks_of(found.case)),
        "acts": acts,
        "groups": acts_in_groups(stages, acts),
        "may": {name.replace("-", "_") for name, one in EVERY.items() if one.capability in held},
        "letters": found.case.events.filter(kind="told").select_related("by"),
        "alike": [*repeats_of(found)[:5], *group_of(found)[:5]],
        "disputes": found.disputes.prefetch_related("papers__file"),
        "is_hidden": hides_complainant(request.user, found),
        "goods": shown_goods(found.goods.prefetch_related("returns__steps__by")),
        "remedies": found.remedies.select_related("approval", "offered_by", "given_by"),
        "blames": found.blames.select_related("unit", "person", "proposed_by", "decided_by"),
        "papers": found.papers.select_related("template").prefetch_related("signed__signed_by"),
        "deferrals": found.deferrals.select_related("asked_by", "approval"),
        "consulted": found.consulted.select_related("person"),
        "may_settle": SETTLE in held,
    }
    return render(request, "cases/complaints/complaint.html", context)


@require_http_methods(["GET", "POST"])
def register(request: SignedIn, contact: int | None = None) -> HttpResponse:
    """Register a complaint from any channel, by whoever heard it."""
    require_complaining(request.user)
    talk = contact_to_complain_from(request.user, contact) if contact else None
    form = ComplaintForm(talk, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _register(form, request)
        except BadInput as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong.sentence))
        else:
            said = _("Complaint %(number)s is registered.") % {"number": made.case.number}
            messages.success(request, said)
            return redirect("cases:own_complaints")
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "parts": form.parts(),
        "contact": talk,
        "channels": complaint_channels(),
    }
    return render(request, "cases/complaints/register.html", context, status=status)


@transaction.atomic
def _register(form: ComplaintForm, request: SignedIn) -> Complaint:
    given = form.registration
    if form.contact is None and form.identifiers:
        given = replace(given, customer=customers_for([form.identifiers])[0])
    return register_complaint(given, by=request.user)


@require_GET
def counts(request: SignedIn) -> HttpResponse:
    """Complaints of some days by one dimension, for those who decide what to change (R-CP-19)."""
    require(request.user, READ)
    form = CountsForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else form.usual()
    context = {
        "form": form,
        "title": DIMENSIONS[asked["by"]].title,
        "lines": counted(complaints_visible_to(request.user), **asked),
    }
    template = "cases/complaints/_counts.html" if request.htmx else "cases/complaints/counts.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def complainant(request: SignedIn, pk: int) -> HttpResponse:
    """Who complains, for somebody of the unit concerned who needs it: asked why first."""
    found = complaint_to_read(request.user, pk)
    require(request.user, UNMASK)
    context: dict[str, object] = {"complaint": found, "case": found.case}
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "")
            context["identifiers"] = view_complainant(found, reason, by=request.user)
        except BadInput as wrong:
            context["problem"] = wrong
    status = 422 if "problem" in context else 200
    return render(request, "cases/complaints/complainant.html", context, status=status)


@require_GET
def letter(request: SignedIn, pk: int, event: int) -> HttpResponse:
    """What the customer was told, on paper."""
    found = complaint_to_read(request.user, pk)
    told = get_object_or_404(found.case.events, pk=event, kind=CaseEvent.Kind.TOLD)
    context = {"complaint": found, "case": found.case, "letter": told}
    return pdf_answer(request, "cases/paper/letter.html", context, f"letter-{found.case.number}")
