"""The dashboard by role, the dictionary, and both as files."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.tables import table_answer
from lingzhi.kpis import access
from lingzhi.kpis.dictionary import GROUPS, indicators
from lingzhi.kpis.forms import FigureFilters
from lingzhi.kpis.models import Alert, Indicator
from lingzhi.kpis.presenting.alerts import ShownAlert
from lingzhi.kpis.presenting.choices import choices as open_choices
from lingzhi.kpis.presenting.figures import (
    ShownLine,
    by_group,
    shown_lines,
    table_header,
    table_row,
    waiting,
)
from lingzhi.kpis.queries import alerts_visible_to, counted_days, headlines, is_counting, overview
from lingzhi.org.models import Post
from lingzhi.org.queries import roles_of

# What who leads looks at first; everybody else sees the table.
LEADING = {"leadership", "supervisor", "auditor"}
FIRST = ("K01", "K03", "K04", "K07", "K12", "K20", "K21", "K33")
LOOKS = ("tiles", "table")
MOST_ALERTS = 8


@require_GET
def dashboard(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = FigureFilters(request.GET, user=request.user)
    look = _look(request)
    lines = _lines(form, look)
    context = {
        "form": form,
        "look": look,
        "lines": lines,
        "groups": by_group(lines),
        "waiting": waiting(_lines(form, "table") if look == "tiles" else lines),
        "has_figures": any(one.line.figure.has_data for one in lines),
        "is_counted": counted_days() is not None,
        "is_counting": is_counting(),
        "alerts": [ShownAlert(one) for one in _alerts(request, form)],
        "asked": request.GET.urlencode(),
    }
    template = "kpis/_dashboard.html" if request.htmx else "kpis/dashboard.html"
    return render(request, template, context)


def _alerts(request: SignedIn, form: FigureFilters) -> list[Alert]:
    """What waits for somebody in the unit and below."""
    if form.scope.unit is None:
        return []
    rows = alerts_visible_to(request.user).filter(state__in=Alert.OPEN_STATES)
    return list(rows.filter(unit__path__startswith=form.scope.unit.path)[:MOST_ALERTS])


def _look(request: SignedIn) -> str:
    wanted = request.GET.get("look", "")
    if wanted in LOOKS:
        return wanted
    return "tiles" if roles_of(request.user) & LEADING else "table"


def _lines(form: FigureFilters, look: str) -> list[ShownLine]:
    codes = FIRST if look == "tiles" else None
    lines = overview(form.scope, form.span, codes=codes, target_on=form.target_on)
    return shown_lines(lines, form.asked())


@require_GET
def export(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = FigureFilters(request.GET, user=request.user)
    lines = _lines(form, "table")
    answer: HttpResponse = table_answer(
        f"indicators-{form.span.first}-{form.span.last}",
        request.GET.get("form", "csv"),
        table_header(),
        [table_row(line) for line in lines],
    )
    return answer


@require_GET
def dictionary(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    owners = dict(Indicator.objects.exclude(owner_post="").values_list("code", "owner_post"))
    posts = dict(Post.objects.values_list("code", "name"))
    used = headlines()
    groups: list[tuple[Any, list[dict[str, Any]]]] = []
    for group, words in GROUPS.items():
        rows = [
            {
                "entry": entry,
                "definition": used.get(entry.code),
                "owner": posts.get(owners.get(entry.code, ""), ""),
            }
            for entry in indicators().values()
            if entry.group == group
        ]
        groups.append((words, rows))
    return render(request, "kpis/dictionary.html", {"groups": groups})


@require_GET
def choices(request: SignedIn) -> HttpResponse:
    """What the rulebooks leave open, and what was decided here."""
    access.require(request.user, access.READ)
    found = open_choices()
    decided = sum(one.use is not None for one in found)
    return render(request, "kpis/choices.html", {"choices": found, "decided": decided})
