"""What surveys say, the answers behind it, who did not answer, and what looks odd."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.pagination import page_of
from lingzhi.surveys.access.common import READ, require
from lingzhi.surveys.access.results import SIGNALS, unit_to_tell
from lingzhi.surveys.forms.results import ResultFilters, SignalFilters
from lingzhi.surveys.models import Dimension
from lingzhi.surveys.presenting import results as shown
from lingzhi.surveys.presenting.answers import shown_answers
from lingzhi.surveys.presenting.bias import shown_bias
from lingzhi.surveys.presenting.signals import shown_signs
from lingzhi.surveys.queries.answers import answers_behind
from lingzhi.surveys.queries.bias import response_bias
from lingzhi.surveys.queries.results import results as figures
from lingzhi.surveys.queries.signals import bursts, own_entries, signs
from lingzhi.surveys.queries.texts import grouped_texts
from lingzhi.surveys.services.weak_links import tell_weak_link


@require_GET
def results(request: SignedIn) -> HttpResponse:
    """Figures with intervals: whole, by way of answering, dimension, team and time; topics."""
    require(request.user, READ)
    form = ResultFilters(request.GET, user=request.user)
    found = figures(form.wanted, form.chosen_unit, on=min(form.span[1], today()))
    texts = grouped_texts(form.wanted)
    whole, course = shown.shown_line(found.whole, ""), shown.shown_course(found)
    context = {
        "form": form, "found": found, "whole": whole, "course": course,
        "invited": shown.ShownRate.of(found.invited),
        "answered": shown.ShownRate.of(found.answered),
        "promoters": shown.score(found.promoters, -100, 100),
        "effort": shown.score(found.effort.points, 0, 100),
        "modes": shown.shown_modes(found.modes), "dimensions": shown.shown_dimensions(found),
        "units": shown.shown_units(found), "chart": shown.chart_of(course, whole.target),
        "with_others": any(one.others for one in found.dimensions),
        "topics": shown.shown_topics(texts), "texts": texts,
    }  # fmt: skip
    return render(request, "surveys/results/results.html", context)


@require_POST
def tell(request: SignedIn, pk: int, dimension: str) -> HttpResponse:
    """Who leads the unit gets a to-do about a weak link, with the figures of this choice."""
    unit = unit_to_tell(request.user, pk)
    form = ResultFilters(request.GET, user=request.user)
    wanted = replace(form.wanted, unit_path=unit.path)
    lines = figures(wanted, unit, on=min(form.span[1], today())).dimensions
    line = next((one for one in lines if one.key == dimension), None)
    name = str(Dimension.objects.filter(code=dimension).first() or dimension)
    tell_weak_link(unit, line, name=name, by=request.user)
    messages.success(request, _("Who leads the unit has a to-do now."))
    return redirect(f"{reverse('surveys:results')}?{request.GET.urlencode()}")


@require_GET
def answers(request: SignedIn) -> HttpResponse:
    """What each person answered, the newest first; each leads to what it is about."""
    require(request.user, READ)
    form = ResultFilters(request.GET, user=request.user)
    page = page_of(request, answers_behind(form.wanted, request.GET))
    context = {"form": form, "page": page, "rows": shown_answers(page.object_list, request.user)}
    return render(request, "surveys/results/answers.html", context)


@require_GET
def bias(request: SignedIn) -> HttpResponse:
    """Who did not answer, and the figures with and without weights."""
    require(request.user, READ)
    form = ResultFilters(request.GET, user=request.user)
    found = response_bias(form.wanted)
    context = {"form": form, "bias": shown_bias(found) if found else None}
    return render(request, "surveys/results/bias.html", context)


@require_GET
def signals(request: SignedIn) -> HttpResponse:
    """Signs about asking and answering: reasons to look."""
    require(request.user, SIGNALS)
    form = SignalFilters(request.GET, user=request.user)
    context = {
        "form": form, "groups": shown_signs(signs(form.wanted)),
        "bursts": bursts(form.wanted)[:50], "own": own_entries(form.wanted),
    }  # fmt: skip
    return render(request, "surveys/results/signals.html", context)
