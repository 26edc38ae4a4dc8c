"""Work contact sheets, major matters, internal reviews."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access import afterwards as access
from lingzhi.cases.access.cases import case_to_note, require
from lingzhi.cases.access.dispatch import case_to_dispatch
from lingzhi.cases.forms.afterwards import FindingsForm, ProcessReviewForm, SheetForm
from lingzhi.cases.queries.afterwards import (
    leadership,
    majors_visible_to,
    reviews_visible_to,
    sheets_visible_to,
)
from lingzhi.cases.queries.people import READ
from lingzhi.cases.services import afterwards as services
from lingzhi.cases.views.acts import done
from lingzhi.cases.views.cases import case_page
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of


@require_GET
def sheets(request: SignedIn) -> HttpResponse:
    """Work contact sheets, the missing ones first."""
    require(request.user, READ)
    missing = request.GET.get("missing") == "1"
    page = page_of(request, sheets_visible_to(request.user, missing=missing))
    return render(request, "cases/afterwards/sheets.html", {"page": page, "missing": missing})


@require_POST
def begin_sheet(request: SignedIn, pk: int) -> HttpResponse:
    case, form = case_to_dispatch(request.user, pk), SheetForm(request.POST)
    return done(
        request, case, "sheet_form", form,
        lambda: services.begin_sheet(case, **form.cleaned_data, by=request.user),
        _("File the sheet within two days."),
    )  # fmt: skip


@require_POST
def file_sheet(request: SignedIn, pk: int) -> HttpResponse:
    sheet = access.sheet_to_file(request.user, pk)
    try:
        services.file_sheet(sheet, request.POST.get("reason", ""), by=request.user)
    except BadInput as wrong:
        return case_page(request, sheet.case, wrong)
    messages.success(request, _("The sheet is filed."))
    return redirect("cases:case", sheet.case_id)


@require_GET
def majors(request: SignedIn) -> HttpResponse:
    """Matters of major importance, those not acknowledged first."""
    require(request.user, READ)
    page = page_of(request, majors_visible_to(request.user))
    context = {"page": page, "may_acknowledge": request.user in leadership()}
    return render(request, "cases/afterwards/majors.html", context)


@require_POST
def mark_major(request: SignedIn, pk: int) -> HttpResponse:
    case = case_to_note(request.user, pk)
    try:
        services.mark_major(case, request.POST.get("reason", ""), by=request.user)
    except BadInput as wrong:
        return case_page(request, case, wrong)
    messages.success(request, _("Leadership is told."))
    return redirect("cases:case", pk)


@require_POST
def acknowledge(request: SignedIn, pk: int) -> HttpResponse:
    major = access.major_to_acknowledge(request.user, pk)
    services.acknowledge_major(major, words=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("It is acknowledged."))
    return redirect("cases:major_matters")


@require_GET
def reviews(request: SignedIn) -> HttpResponse:
    """Internal reviews of processes."""
    require(request.user, READ)
    page = page_of(request, reviews_visible_to(request.user))
    return render(request, "cases/afterwards/reviews.html", {"page": page})


@require_POST
def open_review(request: SignedIn, pk: int) -> HttpResponse:
    case, form = case_to_dispatch(request.user, pk), ProcessReviewForm(request.POST)
    return done(
        request, case, "process_form", form,
        lambda: services.open_process_review(case, **form.cleaned_data, by=request.user),
        _("The reviewer is told."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def review(request: SignedIn, pk: int) -> HttpResponse:
    """One review; its reviewer writes what was found."""
    found = access.review_to_read(request.user, pk)
    is_mine = found.reviewer_id == request.user.pk and found.closed_at is None
    form = FindingsForm(request.POST or None) if is_mine else None
    if form is not None and request.method == "POST" and form.is_valid():
        services.close_process_review(found, **form.cleaned_data, by=request.user)
        messages.success(request, _("The review is closed; everybody who sees the case reads it."))
        return redirect("cases:process_review", pk)
    status = 422 if form and form.errors else 200
    context = {"review": found, "form": form}
    return render(request, "cases/afterwards/review.html", context, status=status)
