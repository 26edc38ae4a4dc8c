"""Daily supervision: the records, and the page on which a day of a team is noted."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.models import User
from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.floor import unit_to_supervise
from lingzhi.inspections.forms.floor import DayForm, FloorFilters, day_lines, sent_lines
from lingzhi.inspections.models import SupervisionRecord
from lingzhi.inspections.queries.floor import records_visible_to
from lingzhi.inspections.services.supervision import record_day
from lingzhi.org.models import Unit
from lingzhi.org.queries import people_in

PLACE = "inspections/floor"


@require_GET
def supervision(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = FloorFilters(
        request.GET, kinds=SupervisionRecord.Result.choices, day="day", kind="result"
    )
    page = page_of(request, form.narrowed(records_visible_to(request.user)))
    template = f"{PLACE}/_records.html" if request.htmx else f"{PLACE}/supervision.html"
    context = {"page": page, "form": form}
    if request.user.can(access.WATCH):
        context["day_form"] = DayForm(user=request.user)
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def supervise(request: SignedIn) -> HttpResponse:
    """A day of a team, person by person (`?unit=&day=`)."""
    access.require(request.user, access.WATCH)
    asked = DayForm(request.GET, user=request.user)
    if not asked.is_valid():
        return redirect("inspections:supervision")
    unit = unit_to_supervise(request.user, asked.cleaned_data["unit"].pk)
    day = asked.cleaned_data["day"]
    people = list(people_in(unit, day).exclude(pk=request.user.pk).order_by("staff_no")[:200])
    problem = ""
    if request.method == "POST":
        try:
            return _noted(request, unit, day, people)
        except BadInput as wrong:
            problem = str(wrong.sentence)
    lines = day_lines(people, day, request.user, request.POST or None)
    context: dict[str, Any] = {
        "unit": unit, "day": day, "lines": lines, "problem": problem,
        "rows": list(zip(people, lines, strict=True)),
    }  # fmt: skip
    return render(request, f"{PLACE}/supervise.html", context, status=422 if problem else 200)


def _noted(request: SignedIn, unit: Unit, day: date, people: list[User]) -> HttpResponse:
    lines = day_lines(people, day, request.user, request.POST)
    if not lines.is_valid():
        raise BadInput(_("Please look at the fields marked below."), field="note")
    n = record_day(unit, day, sent_lines(lines, people), by=request.user)
    messages.success(request, _("%(n)d people are noted.") % {"n": n})
    return redirect("inspections:supervision")
