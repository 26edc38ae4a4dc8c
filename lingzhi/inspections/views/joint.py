"""Joint inspections by several departments (联合稽查)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.joint import joint_to_read, joint_to_record
from lingzhi.inspections.forms.joint import JointForm, RecordForm
from lingzhi.inspections.models import JointInspection
from lingzhi.inspections.queries.joint import joint_visible_to
from lingzhi.inspections.services.joint import add_record, open_joint_inspection, sign_record

PLACE = "inspections/joint"


@require_GET
def joints(request: SignedIn) -> HttpResponse:
    page = page_of(request, joint_visible_to(request.user))
    context = {"page": page, "may_open": request.user.can(access.PLAN)}
    return render(request, f"{PLACE}/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.PLAN)
    form = JointForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_joint_inspection(**form.cleaned_data, by=request.user)
            return redirect("inspections:joint", made.pk)
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
    status = 422 if form.errors else 200
    return render(request, f"{PLACE}/new.html", {"form": form}, status=status)


@require_GET
def joint(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, joint_to_read(request.user, pk), RecordForm())


def _page(
    request: SignedIn, found: JointInspection, form: RecordForm, status: int = 200
) -> HttpResponse:
    inspectors = list(found.inspectors.select_related("person", "unit"))
    mine = next((one for one in inspectors if one.person_id == request.user.pk), None)
    context = {
        "found": found,
        "inspectors": inspectors,
        "records": found.records.select_related("recorded_by"),
        "form": form if mine and not found.sha256 else None,
        "may_sign": mine is not None and mine.signed_at is None,
    }
    return render(request, f"{PLACE}/joint.html", context, status=status)


@require_POST
def add(request: SignedIn, pk: int) -> HttpResponse:
    found = joint_to_record(request.user, pk)
    form = RecordForm(request.POST)
    if form.is_valid():
        try:
            add_record(found, **form.cleaned_data, by=request.user)
            return redirect("inspections:joint", pk)
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
    return _page(request, found, form, status=422)


@require_POST
def sign(request: SignedIn, pk: int) -> HttpResponse:
    found = joint_to_record(request.user, pk)
    sign_record(found, remark=request.POST.get("remark", ""), by=request.user)
    messages.success(request, _("You have signed the record."))
    return redirect("inspections:joint", pk)
