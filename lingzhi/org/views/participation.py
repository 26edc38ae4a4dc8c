"""Taking part: on and off the list, the organiser's word, and the share of each team."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.pagination import page_of
from lingzhi.org import access
from lingzhi.org.forms.culture import CameForm, ShareFilters, marks_in
from lingzhi.org.queries import reach
from lingzhi.org.queries.participation import team_shares
from lingzhi.org.services.participation import (
    ATTENDED,
    Mark,
    confirm_participation,
    sign_off,
    sign_up,
)
from lingzhi.org.views.asking import done
from lingzhi_engine.stats import TOO_FEW

USUAL_DAYS = 90


@require_POST
def join(request: SignedIn, pk: int) -> HttpResponse:
    sign_up(access.activity_to_read(request.user, pk), by=request.user)
    return done(request, _("You are on the list."), reverse("org:activity", args=[pk]))


@require_POST
def leave(request: SignedIn, pk: int) -> HttpResponse:
    sign_off(access.activity_to_read(request.user, pk), by=request.user)
    return done(request, _("You are off the list."), reverse("org:culture"))


@require_POST
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    """The sheet of names: who was there, who was not and why."""
    found = access.activity_to_run(request.user, pk)
    confirm_participation(found, marks_in(found, request.POST), by=request.user)
    return done(request, _("Saved."), reverse("org:activity", args=[pk]))


@require_POST
def came(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody who was there without having signed up."""
    found = access.activity_to_run(request.user, pk)
    form = CameForm(request.POST)
    if form.is_valid():
        marks = {form.cleaned_data["person"]: Mark(ATTENDED)}
        confirm_participation(found, marks, by=request.user)
    return done(request, _("Saved."), reverse("org:activity", args=[pk]))


@require_GET
def shares(request: SignedIn) -> HttpResponse:
    """How many of each team took part, of those in service at the time."""
    access.require(request.user, "org.culture")
    form = ShareFilters(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    last = given.get("to_on") or today()
    first = given.get("from_on") or last - timedelta(days=USUAL_DAYS - 1)
    lines = team_shares(reach(request.user, "org.culture"), first, last)
    page = {
        "page": page_of(request, lines),
        "form": form,
        "first": first,
        "last": last,
        "too_few": TOO_FEW,
    }
    template = "org/culture/_shares.html" if request.htmx else "org/culture/participation.html"
    return render(request, template, page | {"may_run": True})
