"""One indicator: figure, course, parts, definition, targets; and the cases behind a figure."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.pagination import page_of
from lingzhi.kpis import access
from lingzhi.kpis.dictionary import counted
from lingzhi.kpis.forms import EndForm, FigureFilters, OwnerForm
from lingzhi.kpis.forms.filters import STEPS
from lingzhi.kpis.models import Definition, Indicator, ManualValue
from lingzhi.kpis.presenting.comparing import comparisons
from lingzhi.kpis.presenting.figures import (
    ShownFigure,
    ShownLine,
    cases_url,
    indicator_url,
    shown_lines,
)
from lingzhi.kpis.presenting.indicator import (
    SORTS,
    chosen_definition,
    shown_definition,
    shown_groups,
    sorted_groups,
)
from lingzhi.kpis.presenting.targets import shown_targets
from lingzhi.kpis.presenting.trends import shown_trend
from lingzhi.kpis.queries import (
    GROUPINGS,
    Line,
    as_published,
    definitions_of,
    false_alarms,
    figure,
    series,
    target_of,
    targets_of,
    uses_of,
)
from lingzhi.org.models import Post, Unit

MOST_VALUES = 24


@require_GET
def indicator(request: SignedIn, code: str) -> HttpResponse:
    entry = access.indicator_to_read(request.user, code)
    form = FigureFilters(request.GET, user=request.user)
    definition = chosen_definition(code, request.GET)
    context: dict[str, Any] = {"entry": entry, "form": form, "definition": definition}
    context |= _words(request, code, definition)
    if definition is not None:
        context |= _figures(request, form, definition)
    template = "kpis/_indicator.html" if request.htmx else "kpis/indicator.html"
    return render(request, template, context)


def _figures(request: SignedIn, form: FigureFilters, definition: Definition) -> dict[str, Any]:
    group = request.GET.get("by", "")
    group = group if group in GROUPINGS else ("agent" if form.scope.unit is None else "unit")
    sort = request.GET.get("sort", "")
    asked = form.asked()
    line = _line(form, definition)
    groups = shown_groups(definition, form, group, line.line.target, asked)
    return {
        "shown": line,
        "trend": shown_trend(definition, line.line.series, form.step, line.line.target, asked),
        "compared": comparisons(line.line, form.scope, form.span),
        "rates": false_alarms() if form.step == "day" else None,
        "step": form.step,
        "steps": STEPS,
        "by": group,
        "bys": [("unit", _("By team")), ("agent", _("By agent")), ("channel", _("By channel"))],
        "by_words": {"unit": _("Unit"), "agent": _("Agent"), "channel": _("Channel")}[group],
        "groups": sorted_groups(groups, sort if sort in SORTS else ""),
        "sort": sort,
        "cases_url": cases_url(definition.code, asked, definition=definition.pk),
    }


def _line(form: FigureFilters, definition: Definition) -> ShownLine:
    span, scope = form.span, form.scope
    line = Line(
        definition,
        figure(definition, scope, span),
        figure(definition, scope, span.previous()),
        target_of(definition, scope.unit, form.target_on, scope.channel),
        series(definition, scope, span, form.step),
    )
    return shown_lines(as_published([line], scope, span), form.asked())[0]


def _words(request: SignedIn, code: str, definition: Definition | None) -> dict[str, Any]:
    """Everything about the indicator that does not depend on days."""
    known = definitions_of(code)
    owner = Indicator.objects.filter(code=code).values_list("owner_post", flat=True).first()
    entry = access.indicator_to_read(request.user, code)
    way = definition.way if definition else entry.main
    params = definition.params if definition else dict(way.params)
    seen = list(Unit.objects.filter(pk__in=[one.pk for one in _units(request)]))
    return {
        "shown_definition": shown_definition(way, params),
        "definitions": [(one, shown_definition(one.way, one.params)) for one in known],
        "uses": uses_of(code),
        "targets": shown_targets(targets_of(known).filter(unit__in=seen)),
        "values": ManualValue.objects.filter(
            definition__in=known, replaced_at=None, unit__in=seen
        ).select_related("unit", "entered_by", "confirmed_by")[:MOST_VALUES],
        "owner": Post.objects.filter(code=owner).first() if owner else None,
        "owner_form": OwnerForm(initial={"post": owner}),
        "end_form": EndForm(),
        "may_manage": request.user.can(access.MANAGE),
        "may_publish": access.may_publish(request.user),
    }


def _units(request: SignedIn) -> list[Unit]:
    """The units within reach, and those above, whose targets hold there too."""
    form = FigureFilters(request.GET, user=request.user)
    above = {key for unit in form.units for key in unit.above}
    return [*form.units, *Unit.objects.filter(pk__in=above)]


@require_GET
def cases(request: SignedIn, code: str) -> HttpResponse:
    """The cases behind a figure, newest first."""
    access.indicator_to_read(request.user, code)
    form = FigureFilters(request.GET, user=request.user)
    definition, rows = _cases(form, code, request)
    shown = ShownFigure(figure(definition, form.scope, form.span), None)
    context = {
        "definition": definition,
        "entry": definition.entry,
        "counted": counted(definition.way),
        "form": form,
        "page": page_of(request, rows),
        "shown": shown,
        "back": indicator_url(code, form.asked()),
    }
    template = "kpis/_cases.html" if request.htmx else "kpis/cases.html"
    return render(request, template, context)


@require_GET
def export_cases(request: SignedIn, code: str) -> HttpResponse:
    access.indicator_to_read(request.user, code)
    form = FigureFilters(request.GET, user=request.user)
    _definition, rows = _cases(form, code, request)
    answer: HttpResponse = table_answer(
        f"{code}-{form.span.first}-{form.span.last}",
        request.GET.get("form", "csv"),
        [_("Case"), _("Time"), _("Numerator"), _("Denominator")],
        ([row.label, row.at, row.numerator, row.denominator] for row in rows[:]),
    )
    return answer


def _cases(form: FigureFilters, code: str, request: SignedIn) -> tuple[Definition, Any]:
    definition = chosen_definition(code, request.GET)
    if definition is None or definition.way.measure is None:
        raise Http404
    place, span = form.scope.place, form.span
    if form.scope.unit is None and form.scope.agent_id is None:
        return definition, []
    measure = definition.way.measure
    return definition, measure.rows(definition.params, place, span.first, span.last)
