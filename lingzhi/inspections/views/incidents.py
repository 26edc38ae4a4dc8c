"""The register of critical incidents (关键事件法)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.floor import (
    incident_to_answer,
    incident_to_read,
    incident_to_withdraw,
    people_to_record,
)
from lingzhi.inspections.forms.floor import FloorFilters, IncidentForm
from lingzhi.inspections.models import Incident
from lingzhi.inspections.queries.floor import incidents_visible_to
from lingzhi.inspections.services.incidents import (
    answer_incident,
    record_incident,
    withdraw_incident,
)

PLACE = "inspections/floor"


@require_GET
def incidents(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = FloorFilters(request.GET, kinds=Incident.Kind.choices, day="happened_on", kind="kind")
    page = page_of(request, form.narrowed(incidents_visible_to(request.user)))
    template = f"{PLACE}/_incidents.html" if request.htmx else f"{PLACE}/incidents.html"
    context = {"page": page, "form": form, "may_record": request.user.can(access.WATCH)}
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def new_incident(request: SignedIn) -> HttpResponse:
    people_to_record(request.user)
    form = IncidentForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        who, kind, story = (given.pop(name) for name in ("person", "kind", "story"))
        contact = given.pop("conversation")
        try:
            made = record_incident(who, kind, story, contact=contact, **given, by=request.user)
            messages.success(request, _("It is on the register; the person is told."))
            return redirect("inspections:incident", made.pk)
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
    status = 422 if form.errors else 200
    return render(request, f"{PLACE}/new_incident.html", {"form": form}, status=status)


@require_GET
def incident(request: SignedIn, pk: int) -> HttpResponse:
    found = incident_to_read(request.user, pk)
    is_mine = found.person_id == request.user.pk
    context = {
        "one": found,
        "may_answer": is_mine and found.seen_at is None,
        "may_withdraw": not is_mine
        and found.withdrawn_at is None
        and (found.recorded_by_id == request.user.pk or request.user.can(access.RECHECK)),
    }
    return render(request, f"{PLACE}/incident.html", context)


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    found = incident_to_answer(request.user, pk)
    answer_incident(found, request.POST.get("answer", ""), by=request.user)
    messages.success(request, _("Thank you; what you said stands beside it."))
    return redirect("inspections:incident", pk)


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    found = incident_to_withdraw(request.user, pk)
    withdraw_incident(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The incident is withdrawn and counts nowhere."))
    return redirect("inspections:incident", pk)
