"""Acceptance of lots: the series, one series with its lots, its acts."""

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
from lingzhi.inspections.access.lots import acceptance_to_plan, lot_to_decide
from lingzhi.inspections.forms.lots import AcceptanceForm
from lingzhi.inspections.presenting.lots import shown_series
from lingzhi.inspections.queries.lots import acceptances_of
from lingzhi.inspections.services.accepting import (
    create_acceptance,
    decide_lot,
    draw_lot,
    resume_lots,
)


@require_GET
def acceptances(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.PLAN)
    page = page_of(request, acceptances_of(request.user))
    return render(request, "inspections/lots/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new_acceptance(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.PLAN)
    initial = {"from_on": today().replace(day=1)}
    form = AcceptanceForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_acceptance(form.values(), **form.numbers(), by=request.user)
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            return redirect("inspections:acceptance", made.pk)
    status = 422 if form.errors else 200
    return render(request, "inspections/lots/new.html", {"form": form}, status=status)


@require_GET
def acceptance(request: SignedIn, pk: int) -> HttpResponse:
    found = acceptance_to_plan(request.user, pk)
    context = {"acceptance": found, "series": shown_series(found)}
    return render(request, "inspections/lots/acceptance.html", context)


@require_POST
def draw(request: SignedIn, pk: int) -> HttpResponse:
    lot = draw_lot(acceptance_to_plan(request.user, pk), by=request.user)
    if lot is None:
        messages.warning(
            request,
            _("That month has fewer than two conversations: it is no lot and is passed over."),
        )
        return redirect("inspections:acceptance", pk)
    return redirect("inspections:draw", lot.draw_id)


@require_POST
def decide(request: SignedIn, pk: int) -> HttpResponse:
    lot = lot_to_decide(request.user, pk)
    said = _("The lot is accepted.") if decide_lot(lot, by=request.user) else ""
    messages.success(request, said or _("The lot is not accepted."))
    return redirect("inspections:acceptance", lot.acceptance_id)


@require_POST
def resume(request: SignedIn, pk: int) -> HttpResponse:
    found = acceptance_to_plan(request.user, pk)
    resume_lots(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Inspection goes on, tightened."))
    return redirect("inspections:acceptance", pk)
