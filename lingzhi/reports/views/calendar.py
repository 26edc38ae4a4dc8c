"""The report calendar (报告日历)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.reports import access
from lingzhi.reports.forms.calendar import CalendarForm
from lingzhi.reports.presenting.calendar import shown_dates
from lingzhi.reports.queries.calendar import dated
from lingzhi.reports.queries.reading import plans_seen_by


@require_GET
def calendar(request: SignedIn) -> HttpResponse:
    """What is due when, made, handed in, sent, read, or late."""
    access.require(request.user, access.READ)
    form = CalendarForm(request.GET or None)
    plans = list(plans_seen_by(request.user))
    page = page_of(request, form.apply(dated(plans, form.month_asked)))
    page.object_list = shown_dates(list(page.object_list), request.user)
    context = {"page": page, "form": form, "has_plans": bool(plans)}
    template = "reports/calendar/_rows.html" if request.htmx else "reports/calendar/calendar.html"
    return render(request, template, context)
