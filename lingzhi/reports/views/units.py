"""Units side by side (交流、评比): the table, what a unit shares, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.sending import sent_well
from lingzhi.reports import access
from lingzhi.reports.forms.units import PracticeForm, UnitsForm
from lingzhi.reports.presenting.units import shown_practices, shown_units
from lingzhi.reports.queries.units import compared, practices, units_to_compare
from lingzhi.reports.services.practices import share_practice as share
from lingzhi.reports.services.practices import withdraw_practice


@require_GET
def units(request: SignedIn) -> HttpResponse:
    """Units of a level beside each other, in tiers of those that cannot be told apart."""
    access.require(request.user, access.PIVOT)
    form = UnitsForm(request.GET, user=request.user)
    rows = units_to_compare(request.user, form.kind_asked)
    period, channel = form.period_asked, form.channel_asked
    found = compared(rows, form.definitions, period, channel)
    context = {
        "form": form, "shown": shown_units(rows, found, period, channel, reader=request.user),
        "practices": shown_practices(practices(), reader=request.user),
    }  # fmt: skip
    name = "_rows" if request.htmx else "units"
    return render(request, f"reports/units/{name}.html", context)


@require_http_methods(["GET", "POST"])
def share_practice(request: SignedIn, pk: int, code: str) -> HttpResponse:
    """How a better unit does it, in its own words."""
    unit, definition = access.unit_to_share_for(request.user, pk, code)
    period = UnitsForm(request.GET, user=request.user).period_asked
    form = PracticeForm(request.POST or None)

    def act() -> None:
        share(unit, definition, period, **form.cleaned_data, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("It is shared with everybody who compares units."))
        return redirect("reports:units")
    context = {"form": form, "unit": unit, "entry": definition.entry, "period": period}
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/units/share.html", context, status=status)


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    withdraw_practice(access.practice_to_withdraw(request.user, pk), by=request.user)
    messages.success(request, _("It is withdrawn."))
    return redirect("reports:units")
