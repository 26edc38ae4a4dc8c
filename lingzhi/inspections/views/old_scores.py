"""Scores that were brought in from what a centre used before: their list, and one of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.old_scores import old_score_to_read
from lingzhi.inspections.forms.old_scores import OldScoreFilters
from lingzhi.inspections.queries.old_scores import old_scores_visible_to

PLACE = "inspections/old_scores"


@require_GET
def old_scores(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = OldScoreFilters(request.GET)
    rows = form.narrowed(old_scores_visible_to(request.user))
    template = f"{PLACE}/_rows.html" if request.htmx else f"{PLACE}/list.html"
    return render(request, template, {"page": page_of(request, rows), "form": form})


@require_GET
def old_score(request: SignedIn, pk: int) -> HttpResponse:
    return render(request, f"{PLACE}/detail.html", {"one": old_score_to_read(request.user, pk)})
