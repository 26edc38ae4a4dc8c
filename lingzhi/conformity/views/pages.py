"""The whole rulebook, one clause, and the gaps."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity.access import figures as access
from lingzhi.conformity.forms.figures import Asked, Filters
from lingzhi.conformity.presenting.apps import app_in_words
from lingzhi.conformity.presenting.cases import latest_broken
from lingzhi.conformity.presenting.clauses import (
    Posts,
    axis_start,
    shown_chapters,
    tiles_of,
    unowned,
)
from lingzhi.conformity.presenting.evidence import (
    chart_of,
    course_of,
    shown_readings,
    twelve_periods,
)
from lingzhi.conformity.queries.actions import open_actions
from lingzhi.conformity.queries.figures import ENOUGH
from lingzhi.conformity.queries.gaps import gaps_of
from lingzhi.conformity.queries.pilots import pilots_of
from lingzhi.conformity.queries.reading import Reading
from lingzhi.conformity.queries.standing import ClauseStanding, standing_of_clauses
from lingzhi.conformity.queries.teams import by_team
from lingzhi.conformity.queries.thresholds import threshold_in_force
from lingzhi.improvement.queries.people import START
from lingzhi.inspections.queries import Period as Days
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.presenting.text import ShownClause
from lingzhi.rulebook.presenting.text import shown_chapters as chapters_in_words
from lingzhi.rulebook.queries import clause_history
from lingzhi.rulebook.queries.titles import told_apart


@require_GET
def overview(request: SignedIn) -> HttpResponse:
    """The first regulation, with tabs to the others; how to get one, where there is none."""
    several = access.regulations_for(request.user)
    if not several:
        return render(request, "conformity/none.html")
    return redirect("conformity:regulation", several[0].pk)


@require_GET
def regulation(request: SignedIn, pk: int) -> HttpResponse:
    """Every clause: kept or not, with its evidence."""
    context = page_of_regulation(request, pk)
    template = "conformity/_clauses.html" if request.htmx else "conformity/regulation.html"
    if not request.htmx:
        context["regulations"] = _tabs(request)
        context["pilots"] = pilots_of(context["regulation"], context["form"].units)
    return render(request, template, context)


def _tabs(request: SignedIn) -> list[tuple[Any, str]]:
    """The regulations of this person with what tells them apart."""
    several = access.regulations_for(request.user)
    titles = told_apart(access.version_to_show(one) for one in several)
    return [(one, titles[one.pk]) for one in several]


def page_of_regulation(request: SignedIn, pk: int) -> dict[str, Any]:
    """What the page, its table and its document show."""
    found = access.regulation_to_read(request.user, pk)
    version = access.version_to_show(found)
    form = Filters(request.GET, units=access.units_of(request.user, found))
    standings = standing_of_clauses(version, form.place, form.span)
    chapters = shown_chapters(standings, form.wants, query_of(form))
    lines = [line for chapter in chapters for line in chapter.lines]
    return {
        "regulation": found,
        "version": version,
        "form": form,
        "period": form.span,
        "place": form.place,
        "chapters": chapters,
        "tiles": tiles_of(standings),
        "clauses": sum(not one.is_heading for one in standings),
        "looking_back": sum(line.standing.is_looking_back for line in lines),
        "axis": axis_start(lines),
        "threshold": threshold_in_force(),
        "enough": ENOUGH,
        "gaps": gaps_of(standings).number,
        "query": query_of(form),
    }


def query_of(form: Asked) -> dict[str, str]:
    """The days and the unit, for links that lead on from here."""
    found = {"period": form.cleaned_data.get("period"), "unit": form.cleaned_data.get("unit")}
    return {name: str(value) for name, value in found.items() if value}


@require_GET
def clause(request: SignedIn, pk: int, number: str) -> HttpResponse:
    """One clause: its text, its controls with their figures, its course, teams and cases."""
    found = access.regulation_to_read(request.user, pk)
    version = access.version_to_show(found)
    form = Asked(request.GET, units=access.units_of(request.user, found))
    standing = _standing(version, form, number)
    words = _words(version, number)
    decisive = standing.decisive
    controls = shown_readings(standing.readings, words.controls, form.place, form.span)
    own = [one.control for one in standing.readings if one.runs]
    days = Days(form.span.first, form.span.last)
    context = {
        "regulation": found,
        "version": version,
        "form": form,
        "period": form.span,
        "standing": standing,
        "words": words,
        "controls": controls,
        "post": Posts().of(standing),
        "history": clause_history(found, number),
        "actions": open_actions(found, request.user, number=number).get(number, []),
        "action_url": _action_url(request, standing),
        "cases": latest_broken(own, form.place, days, request.user),
        "enough": ENOUGH,
        "query": query_of(form),
        **(_course(decisive, form, found) if decisive else {}),
    }
    return render(request, "conformity/clause.html", context)


def _course(decisive: Reading, form: Asked, found: Any) -> dict[str, Any]:
    points = course_of(decisive, form.span)
    versions = found.versions.filter(approved_at__isnull=False, pilot_until=None)
    units = [one for one in form.units if one.path.startswith(form.place.path)]
    twelve = twelve_periods(decisive, form.place, form.span)
    return {
        "decisive": decisive,
        "has_course": any(not point.figure.is_empty for point in points),
        "points": points,
        "chart": chart_of(points, decisive.needed, list(versions)),
        "twelve": twelve if any(not one.figure.is_empty for one in twelve) else [],
        "trend": [one.figure.ratio for one in twelve],
        "teams": by_team(decisive, units, form.span),
    }


def _action_url(request: SignedIn, standing: ClauseStanding) -> str:
    """Where to have the clause put right, for who may."""
    if not request.user.can(START):
        return ""
    source = {"source": "rulebook.clause", "key": standing.clause.pk}
    return f"{reverse('improvement:start')}?{urlencode(source)}"


def _standing(version: Version, form: Asked, number: str) -> ClauseStanding:
    found = standing_of_clauses(version, form.place, form.span, number=number)
    if not found or found[0].is_heading:
        raise Http404
    return found[0]


def _words(version: Version, number: str) -> ShownClause:
    several = (one for chapter in chapters_in_words(version) for one in chapter.clauses)
    return next(one for one in several if one.number == number)


@require_GET
def gaps(request: SignedIn, pk: int) -> HttpResponse:
    """What nobody checks, and why."""
    found = access.regulation_to_read(request.user, pk)
    version = access.version_to_show(found)
    form = Asked(request.GET, units=access.units_of(request.user, found))
    standings = standing_of_clauses(version, form.place, form.span)
    several = gaps_of(standings)
    waiting = [(app_in_words(app), rows) for app, rows in sorted(several.waiting.items())]
    context = {
        "regulation": found,
        "version": version,
        "form": form,
        "period": form.span,
        "gaps": several,
        "waiting": waiting,
        "unowned": unowned(standings),
        "query": query_of(form),
    }
    return render(request, "conformity/gaps.html", context)
