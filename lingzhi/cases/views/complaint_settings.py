"""The duty matrix of complaints, the matrix of authority, and the dictionary of causes."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.accounts.roles import ROLES
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.complaints import require_setting
from lingzhi.cases.forms.duties import DutyForm
from lingzhi.cases.models import Cause, Duty
from lingzhi.cases.presenting.clauses import clauses_by_control
from lingzhi.cases.queries.authorities import authorities
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.services.laying import lay_causes, lay_duties, matrices, set_duty
from lingzhi.core.errors import BadInput


@require_GET
def duties(request: SignedIn) -> HttpResponse:
    """Who does what with a complaint of which grade, and the causes it is sorted by."""
    require(request.user, READ)
    found, lines = list(_duties()), authorities()
    sources = clauses_by_control(one.control_id for one in (*found, *lines))
    context = {
        "rows": [
            (one, ROLES[one.role].label if one.role else "", sources.get(one.control_id or 0))
            for one in found
        ],
        "matrices": matrices(),
        "pack": next((one.pack for one in found if not one.reference), ""),
        "authorities": [
            (one, [ROLES[role].label for role in one.roles], sources.get(one.control_id or 0))
            for one in lines
        ],
        "has_end": all(one.grade or one.up_to is not None for one in lines),
        "causes": Cause.objects.filter(retired_at=None),
        "may_set": request.user.can(SET),
    }
    return render(request, "cases/complaints/duties.html", context)


def _duties() -> QuerySet[Duty]:
    return Duty.objects.select_related("unit")


@require_POST
def lay(request: SignedIn) -> HttpResponse:
    """Take the matrix of a rule pack over, and the causes that are missing."""
    require_setting(request.user)
    try:
        lay_duties(request.POST.get("pack", ""), by=request.user)
    except BadInput as wrong:
        messages.error(request, str(wrong.sentence))
    else:
        lay_causes()
        messages.success(request, _("The matrix holds from now on."))
    return redirect("cases:duties")


@require_http_methods(["GET", "POST"])
def duty(request: SignedIn, pk: int) -> HttpResponse:
    """Which unit and role have this duty here."""
    require_setting(request.user)
    found = get_object_or_404(_duties(), pk=pk)
    form = DutyForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_duty(found, **form.cleaned_data, by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            return redirect("cases:duties")
    status = 422 if form.errors else 200
    context = {"duty": found, "form": form}
    return render(request, "cases/complaints/duty.html", context, status=status)
