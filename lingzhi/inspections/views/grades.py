"""Grades of people and teams, and what each grade asks."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.grades import criteria_to_read, criteria_to_use
from lingzhi.inspections.forms.grades import ComputeForm, CriteriaForm, GradeFilters, lines_of
from lingzhi.inspections.models import GradeCriteria
from lingzhi.inspections.queries.grades import grades_visible_to
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.services.grades import compute_grades, set_criteria

PLACE = "inspections/grades"


@require_GET
def grades(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    rows = grades_visible_to(request.user)
    form = GradeFilters(request.GET, rows=rows)
    found = form.narrowed(rows)
    context = {
        "page": page_of(request, found),
        "form": form,
        "criteria": criteria_to_read(request.user),
        "parts": _parts(Counter(found.order_by().values_list("grade", flat=True))),
        "may_set": request.user.can(access.POLICY),
        "compute": ComputeForm(initial={"month": f"{_last_month():%Y-%m}"}),
    }
    template = f"{PLACE}/_rows.html" if request.htmx else f"{PLACE}/list.html"
    return render(request, template, context)


def _parts(counts: Counter[str]) -> list[tuple[str, int]]:
    """How many have each grade; of a group that is too small nothing."""
    if sum(counts.values()) < policy_of(None).smallest_group:
        return []
    return [(grade or _("Too few to say"), n) for grade, n in sorted(counts.items())]


def _last_month() -> date:
    return date.fromordinal(today().replace(day=1).toordinal() - 1)


@require_http_methods(["GET", "POST"])
def criteria(request: SignedIn) -> HttpResponse:
    """What each grade asks: set by people, kept as it was."""
    access.require(request.user, access.POLICY)
    form = CriteriaForm(request.POST or None, initial=_before(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = dict(form.cleaned_data)
        try:
            set_criteria(given.pop("unit"), given.pop("cuts"), **given, by=request.user)
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            messages.success(request, _("The criteria are set. Grades are computed with them."))
            return redirect("inspections:grades")
    history = GradeCriteria.objects.select_related("unit", "set_by")[:50]
    context = {"form": form, "history": history}
    return render(request, f"{PLACE}/criteria.html", context, status=422 if form.errors else 200)


def _before(request: SignedIn) -> dict[str, Any]:
    """What holds now, to be changed; nothing where nobody decided yet."""
    held = criteria_to_read(request.user)
    if not held:
        return {}
    last = held[-1]
    names = ("months", "minimum", "margin", "excellent_points", "abnormal_points")
    figures = {name: getattr(last, name) for name in names}
    return {"unit": last.unit_id, "cuts": lines_of(last), **figures}


@require_POST
def compute(request: SignedIn, pk: int) -> HttpResponse:
    """Grade a month now, or anew with a reason."""
    found = criteria_to_use(request.user, pk)
    form = ComputeForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Name a month, such as 2026-10."), field="month")
    reason = form.cleaned_data["reason"]
    n = compute_grades(found, form.cleaned_data["month"], reason=reason, by=request.user)
    messages.success(request, _("%(n)d grades are computed.") % {"n": n})
    return redirect("inspections:grades")
