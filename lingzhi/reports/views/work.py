"""The daily report of an agent about the own work: written, read, confirmed (工作日报)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.org.queries import reach
from lingzhi.reports import access, services
from lingzhi.reports.forms.reports import AnswerForm, WorkFilters, WorkForm
from lingzhi.reports.models import WorkReport
from lingzhi.reports.presenting.work import shown_work
from lingzhi.reports.queries import work_of, work_reports_visible_to


@require_GET
def work_reports(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = WorkFilters(request.GET or None)
    context = {
        "page": page_of(request, form.apply(work_reports_visible_to(request.user))),
        "form": form,
        "may_lead": bool(reach(request.user, access.READ).paths),
        "of_today": WorkReport.objects.filter(person=request.user, day=today()).first(),
    }
    template = "reports/_work_rows.html" if request.htmx else "reports/work.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def new_work_report(request: SignedIn) -> HttpResponse:
    """The figures of today as they stand, and room for own words."""
    access.require(request.user, access.READ)
    is_sent = request.method == "POST"
    form = WorkForm(request.POST if is_sent else None)
    if form.is_valid():
        report = services.submit_work_report(by=request.user, **form.cleaned_data)
        messages.success(request, _("Your report is handed in."))
        return redirect("reports:work_report", report.pk)
    context = {"form": form, "work": shown_work(work_of(request.user, today())), "day": today()}
    return render(request, "reports/new_work.html", context, status=422 if is_sent else 200)


@require_GET
def work_report(request: SignedIn, pk: int) -> HttpResponse:
    found = access.work_report_to_read(request.user, pk)
    context = {
        "report": found,
        "work": shown_work(found.facts),
        "may_confirm": found.confirmed_at is None and access.may_confirm(request.user, found),
        "form": AnswerForm(),
    }
    return render(request, "reports/work_report.html", context)


@require_POST
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    found = access.work_report_to_confirm(request.user, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("300 characters at most."), field="answer")
    services.confirm_work_report(found, answer=form.cleaned_data["answer"], by=request.user)
    messages.success(request, _("Confirmed."))
    return redirect("reports:work_report", pk)
