"""Complaints: their list, one complaint, registering one, the duty matrix."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
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
from lingzhi.cases.forms.complaints import ComplaintFilterForm, ComplaintForm
from lingzhi.cases.models import Complaint
from lingzhi.cases.presenting.cases import TONES, shown_clocks, state_of
from lingzhi.cases.presenting.complaints import shown_complaints, stages_of
from lingzhi.cases.queries.cases import clocks_of
from lingzhi.cases.queries.complaints import (
    SETTLE,
    ComplaintFilters,
    complaints_visible_to,
    registered_by,
)
from lingzhi.cases.queries.people import READ
from lingzhi.cases.services.complaints import register_complaint
from lingzhi.cases.views.complaint_acts import EVERY
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.customers.services.known import customers_for


@require_GET
def complaints(request: SignedIn) -> HttpResponse:
    """The complaint officer's list, in the order of what is due next."""
    require(request.user, READ)
    form = ComplaintFilterForm(request.GET)
    form.is_valid()
    wanted = ComplaintFilters(**form.cleaned_data)
    page = page_of(request, wanted.apply(complaints_visible_to(request.user)))
    context = {"page": page, "rows": shown_complaints(page), "form": form}
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
    context = {
        "complaint": found,
        "case": found.case,
        "state": state_of(found.case),
        "tone": TONES[found.case.kind],
        "stages": stages_of(found),
        "clocks": shown_clocks(clocks_of(found.case)),
        "acts": {
            name: one.title
            for name, one in EVERY.items()
            if one.capability in held and one.items is None
        },
        "may": {name.replace("-", "_") for name, one in EVERY.items() if one.capability in held},
        "goods": found.goods.prefetch_related("returns__steps__by"),
        "remedies": found.remedies.select_related("approval", "offered_by", "given_by"),
        "blames": found.blames.select_related("unit", "person", "proposed_by", "decided_by"),
        "papers": found.papers.select_related("template").prefetch_related("signed__signed_by"),
        "extensions": found.extensions.select_related("asked_by", "approval"),
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
    context = {"form": form, "parts": form.parts(), "contact": talk}
    return render(request, "cases/complaints/register.html", context, status=status)


@transaction.atomic
def _register(form: ComplaintForm, request: SignedIn) -> Complaint:
    given = form.registration
    if form.contact is None and form.identifiers:
        given = replace(given, customer=customers_for([form.identifiers])[0])
    return register_complaint(given, by=request.user)
