"""Activities: the organiser's list, one activity, its evidence."""

from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import now
from lingzhi.core.pagination import page_of
from lingzhi.org import access
from lingzhi.org.forms.culture import ActivityFilters, ActivityForm, CameForm, EvidenceForm
from lingzhi.org.models import Activity
from lingzhi.org.queries.culture import activities_run_by, with_numbers
from lingzhi.org.services.activities import (
    add_evidence,
    cancel_activity,
    change_activity,
    plan_activity,
)
from lingzhi.org.views.asking import ask, done

ASK = ["GET", "POST"]
NAMES_SHOWN = 50


@require_GET
def activities(request: SignedIn) -> HttpResponse:
    """What one's units hold, the latest first."""
    access.require(request.user, "org.culture")
    form = ActivityFilters(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    rows = _in_state(activities_run_by(request.user), given.get("state", ""))
    if given.get("kind"):
        rows = rows.filter(kind=given["kind"])
    page = {"page": page_of(request, with_numbers(rows)), "form": form, "now": now()}
    template = "org/culture/_activities.html" if request.htmx else "org/culture/activities.html"
    return render(request, template, page | {"may_run": True})


def _in_state(rows: QuerySet[Activity], state: str) -> QuerySet[Activity]:
    alive = rows.filter(cancelled_at=None)
    return {
        "coming": alive.filter(confirmed_at=None, begins_at__gt=now()),
        "open": alive.filter(confirmed_at=None, begins_at__lte=now()),
        "confirmed": alive.exclude(confirmed_at=None),
        "cancelled": rows.exclude(cancelled_at=None),
    }.get(state, rows)


@require_GET
def activity(request: SignedIn, pk: int) -> HttpResponse:
    """What, when and where; for who runs it also the names and the evidence."""
    found = access.activity_to_read(request.user, pk)
    runs = access.runs(request.user, found)
    names = found.participations.select_related("person", "confirmed_by")
    page = {
        "activity": found,
        "open_to": found.open_to.order_by("path"),
        "mine": found.participations.filter(person=request.user).first(),
        "evidence": found.evidence.select_related("file", "added_by"),
        "runs": runs,
        "has_begun": found.begins_at <= now(),
        "names": page_of(request, names, NAMES_SHOWN) if runs else None,
        "came_form": CameForm(),
        "evidence_form": EvidenceForm(),
        "may_run": request.user.can("org.culture"),
    }
    return render(request, "org/culture/activity.html", page)


@require_http_methods(ASK)
def create(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.culture")

    def act(given: dict[str, Any]) -> None:
        for unit in [given["unit"], *given["open_to"]]:
            access.unit_within(request.user, unit, "org.culture")
        plan_activity(by=request.user, **given)

    first = {"organiser": request.user.pk}
    form = ActivityForm(request.POST or None, user=request.user, initial=first)
    return ask(request, form, act, title=_("New activity"), back=reverse("org:activities"))


@require_http_methods(ASK)
def change(request: SignedIn, pk: int) -> HttpResponse:
    found = access.activity_to_run(request.user, pk)

    def act(given: dict[str, Any]) -> None:
        change_activity(found, given, open_to=given.pop("open_to"), by=request.user)

    form = ActivityForm(request.POST or None, user=request.user, instance=found)
    back = reverse("org:activity", args=[pk])
    return ask(request, form, act, title=_("Change %s") % found.title, back=back)


@require_POST
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    found = access.activity_to_run(request.user, pk)
    cancel_activity(found, reason=request.POST.get("reason", ""), by=request.user)
    return done(request, _("The activity is cancelled."), reverse("org:activity", args=[pk]))


@require_http_methods(ASK)
def prove(request: SignedIn, pk: int) -> HttpResponse:
    found = access.activity_to_run(request.user, pk)
    return ask(
        request,
        EvidenceForm(request.POST or None, request.FILES or None),
        lambda given: add_evidence(found, by=request.user, **given),
        title=_("Evidence of %s") % found.title,
        back=reverse("org:activity", args=[pk]),
    )


@require_GET
def evidence(request: SignedIn, pk: int) -> FileResponse:
    """The file, always as a download: what somebody uploaded is never shown as a page."""
    found = access.evidence_to_read(request.user, pk)
    if found.file is None:
        raise Http404
    opened = default_storage.open(found.file.stored_as, "rb")
    return FileResponse(opened, as_attachment=True, filename=found.file.name)
