"""Reading reports, and planning them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.slides import slides_answer
from lingzhi.core.documents.word import word_answer
from lingzhi.core.documents.workbooks import workbook_answer, workbook_bytes
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.kpis.queries import Period
from lingzhi.org.models import Unit
from lingzhi.org.queries import centre_name, reach, roles_of
from lingzhi.reports import access, services
from lingzhi.reports.forms.reports import ChangeForm, PlanForm, ReportFilters
from lingzhi.reports.models import Plan, Report
from lingzhi.reports.presenting.document import slides_of_report, word_report
from lingzhi.reports.presenting.lists import (
    beside,
    editions_of,
    receipts_of,
    shown_plans,
    shown_rows,
)
from lingzhi.reports.presenting.whole import shown_report
from lingzhi.reports.presenting.workbook import sheets_of_report
from lingzhi.reports.queries import visible_to
from lingzhi.reports.views.handing_in import handing_in_of


@require_GET
def reports(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = ReportFilters(request.GET or None, user=request.user)
    page = page_of(request, form.apply(visible_to(request.user)))
    page.object_list = shown_rows(page.object_list, request.user)
    plans = list(Plan.objects.filter(to_on=None))
    roles = roles_of(request.user)
    context = {
        "page": page,
        "form": form,
        "has_plans": bool(plans),
        "is_reader": any(roles.intersection(one.readers) for one in plans),
    }
    template = "reports/_rows.html" if request.htmx else "reports/list.html"
    return render(request, template, context)


@require_GET
def report(request: SignedIn, pk: int) -> HttpResponse:
    found = access.report_to_read(request.user, pk)
    services.read_report(found, by=request.user)
    before, after = beside(found, request.user)
    receipts = receipts_of(found)
    context = {
        **handing_in_of(found, request.user),
        "shown": shown_report(found, request.user),
        "before": before,
        "after": after,
        "editions": editions_of(found),
        "receipts": receipts,
        "read": sum(one.read_at is not None for one in receipts),
        "may_rebuild": reach(request.user, access.MANAGE).covers(found.plan.unit, None),
    }
    return render(request, "reports/detail.html", context)


@require_GET
def pdf(request: SignedIn, pk: int) -> HttpResponse:
    found = access.report_to_read(request.user, pk)
    services.read_report(found, by=request.user)
    shown = {"shown": shown_report(found)}
    return pdf_answer(request, "reports/print.html", shown, _name_of(found))


@require_GET
def word(request: SignedIn, pk: int) -> HttpResponse:
    found = access.report_to_read(request.user, pk)
    services.read_report(found, by=request.user)
    made = word_report(shown_report(found), author=centre_name())
    return word_answer(made, _name_of(found))


@require_GET
def slides(request: SignedIn, pk: int) -> HttpResponse:
    found = access.report_to_read(request.user, pk)
    services.read_report(found, by=request.user)
    made = slides_of_report(shown_report(found), author=centre_name())
    return slides_answer(made, _name_of(found))


@require_GET
def workbook(request: SignedIn, pk: int) -> HttpResponse:
    found = access.report_to_read(request.user, pk)
    services.read_report(found, by=request.user)
    shown, name = shown_report(found), _name_of(found)
    sheets, author = sheets_of_report(shown), centre_name()
    content = workbook_bytes(
        sheets, title=name, author=author, at=found.published_at or found.made_at
    )
    return workbook_answer(content, name)


def _name_of(report: Report) -> str:
    return (
        f"{report.plan.kind}-{report.plan.cadence}-{report.first_on.isoformat()}-{report.edition}"
    )


@require_POST
def rebuild(request: SignedIn, pk: int) -> HttpResponse:
    """Compute the same days once more; another edition only where the data changed."""
    found = access.report_to_rebuild(request.user, pk)
    period = Period(found.first_on, found.last_on)
    newer = services.write_report(found.plan, period, by=request.user)
    if newer is None:
        messages.success(request, _("The data are the same, and so is the report."))
        return redirect("reports:detail", pk)
    messages.success(request, _("The data changed: this is a new edition."))
    return redirect("reports:detail", newer.pk)


@require_GET
def plans(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.MANAGE)
    return render(request, "reports/plans.html", {"plans": shown_plans(request.user)})


def planned(form: PlanForm, unit: Unit, cadence: str, **more: Any) -> bool:
    """Whether it is; where a field does not fit, the form says so."""
    try:
        services.plan_report(unit, cadence, from_on=today(), **more)
    except BadInput as problem:
        form.add_error(problem.field, str(problem.sentence))
        return False
    return True


@require_http_methods(["GET", "POST"])
def new_plan(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.MANAGE)
    form = PlanForm(request.POST or None, user=request.user)
    if form.is_valid():
        found = dict(form.cleaned_data)
        unit = access.unit_to_plan_for(request.user, found.pop("unit"), found["kind"])
        cadence = found.pop("cadence")
        if planned(form, unit, cadence, by=request.user, **found):
            words = _("The report is planned. The last one that was due comes now.")
            messages.success(request, words)
            return redirect("reports:plans")
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/plan.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def change_plan(request: SignedIn, pk: int) -> HttpResponse:
    plan = access.plan_to_change(request.user, pk)
    form = ChangeForm(request.POST or None, user=request.user, plan=plan)
    if form.is_valid():
        services.change_plan(plan, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("reports:plans")
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/plan.html", {"form": form, "plan": plan}, status=status)


@require_POST
def end_plan(request: SignedIn, pk: int) -> HttpResponse:
    plan = access.plan_to_change(request.user, pk)
    reason = request.POST.get("reason", "")
    services.end_plan(plan, on=today(), by=request.user, reason=reason)
    messages.success(request, _("No more of these reports will be written."))
    return redirect("reports:plans")
