"""Released scores for a team's leader, and one's own quality for an agent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.coaching import coaching_to_finish, require_team, review_to_coach
from lingzhi.inspections.forms.coaching import CoachingForm, TeamFilters
from lingzhi.inspections.presenting.own import own_quality, own_scores, with_days_left
from lingzhi.inspections.queries.coaching import narrowed, team_scores, team_scores_counted
from lingzhi.inspections.queries.results import ENOUGH
from lingzhi.inspections.services.coaching import finish_coaching, write_coaching


@require_GET
def team(request: SignedIn) -> HttpResponse:
    """What was released about the people one answers for."""
    require_team(request.user)
    form = TeamFilters(request.GET)
    form.is_valid()
    rows = narrowed(team_scores(request.user), **form.cleaned_data)
    counted = narrowed(team_scores_counted(request.user), **form.cleaned_data)
    context = {"page": page_of(request, rows, counted=counted), "form": form}
    folder = "inspections/coaching/"
    return render(request, folder + ("_rows.html" if request.htmx else "team.html"), context)


@require_POST
def coach(request: SignedIn, pk: int) -> HttpResponse:
    """Keep what was agreed about a score."""
    review = review_to_coach(request.user, pk)
    form = CoachingForm(request.POST)
    if form.is_valid():
        write_coaching(review, **form.cleaned_data, by=request.user)
        messages.success(request, _("It is kept; the agent is told, and you have it to do."))
    else:
        messages.error(request, _("Say what was agreed, and until which day."))
    return redirect("inspections:review", pk)


@require_POST
def finish(request: SignedIn, pk: int) -> HttpResponse:
    coaching = coaching_to_finish(request.user, pk)
    finish_coaching(coaching, by=request.user)
    messages.success(request, _("It is noted as done."))
    return redirect("inspections:review", coaching.review_id)


@require_GET
def own(request: SignedIn) -> HttpResponse:
    """My quality: own scores, what rules found in own conversations, days left to appeal."""
    access.require(request.user, access.READ)
    page = page_of(request, own_scores(request.user))
    page.object_list = with_days_left(request.user, page.object_list)
    context = {"page": page, "own": own_quality(request.user), "enough": ENOUGH, "axis": 1}
    return render(request, "inspections/coaching/own.html", context)
