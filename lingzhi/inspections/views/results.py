"""Results by rule, agent, team, channel or day; their tables and the findings as files."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.queries import conversations, visible_to
from lingzhi.core.documents.tables import table_answer
from lingzhi.inspections import access, services
from lingzhi.inspections.forms.filters import ResultFilters
from lingzhi.inspections.presenting.defects import shown_defects
from lingzhi.inspections.presenting.lines import ShownLine, axis_end, shown_lines
from lingzhi.inspections.presenting.tables import SORTS, header_of, row_of, sorted_lines
from lingzhi.inspections.queries import (
    ENOUGH,
    GROUPINGS,
    Tallies,
    by_group,
    by_rule,
    finding_lines,
    overall,
    tallies_visible_to,
)
from lingzhi.inspections.queries.trust import automatic_rules

BYS = ("rule", *GROUPINGS)
NAMES = {
    "rule": _("Rule"),
    "agent": _("Agent"),
    "unit": _("Team"),
    "channel": _("Channel"),
    "day": _("Day"),
}


@require_GET
def results(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = ResultFilters(request.GET, user=request.user, kind="violation")
    by, sort = _by(request), _sort(request)
    lines, tallies = _lines(form, by)
    template = "inspections/_results.html" if request.htmx else "inspections/results.html"
    context = {
        "form": form,
        "by": by,
        "sort": sort,
        "lines": sorted_lines(lines, sort, by),
        "whole": overall(tallies, form.rules),
        "defects": shown_defects(tallies, form.contacts, form.rules),
        "axis": axis_end(lines),
        "enough": ENOUGH,
        "automatic": automatic_rules() if by == "rule" else (),
        "tabs": _tabs(request, by),
        "name_of_lines": NAMES[by],
    }
    return render(request, template, context)


@require_GET
def export_results(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = ResultFilters(request.GET, user=request.user, kind="violation")
    by = _by(request)
    lines, _tallies = _lines(form, by)
    rows = [row_of(line, by) for line in sorted_lines(lines, _sort(request), by)]
    answer: HttpResponse = table_answer(
        f"results-by-{by}", request.GET.get("form", "csv"), header_of(by), rows
    )
    return answer


@require_GET
def export_findings(request: SignedIn) -> StreamingHttpResponse:
    """The findings of the conversations asked about, byte for byte the same for the same data."""
    access.require(request.user, "contacts.export")
    form = ResultFilters(request.GET, user=request.user)
    contacts = form.filters.apply(conversations(visible_to(request.user, "contacts.export")))
    services.record_findings_export(contacts.count(), by=request.user)
    answer = StreamingHttpResponse(finding_lines(contacts), content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="findings.jsonl"'
    return answer


def _by(request: SignedIn) -> str:
    wanted = request.GET.get("by", "")
    return wanted if wanted in BYS else "rule"


def _sort(request: SignedIn) -> str:
    wanted = request.GET.get("sort", "")
    return wanted if wanted.lstrip("-") in SORTS else ""


def _lines(form: ResultFilters, by: str) -> tuple[list[ShownLine], Tallies]:
    tallies = tallies_visible_to(form.user, form.capability, form.filters)
    asked = form.rules
    lines = by_group(tallies, by, asked) if by in GROUPINGS else by_rule(tallies, asked)
    return shown_lines(lines, by, form.asked()), tallies


def _tabs(request: SignedIn, current: str) -> list[tuple[Any, str, bool]]:
    """`(words, address, whether it is shown)`: the same filters, grouped otherwise."""
    words = {
        "rule": _("By rule"),
        "agent": _("By agent"),
        "unit": _("By team"),
        "channel": _("By channel"),
        "day": _("By day"),
    }
    query = request.GET.copy()
    query.pop("sort", None)
    tabs = []
    for by in BYS:
        query["by"] = by
        tabs.append((words[by], f"?{query.urlencode()}", by == current))
    return tabs
