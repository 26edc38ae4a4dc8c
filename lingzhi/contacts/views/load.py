"""Load per head: each team and hour of a day against its range."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access.calls import FLOOR, require
from lingzhi.contacts.access.flow import may_plan
from lingzhi.contacts.forms.floor import AttendanceForm
from lingzhi.contacts.forms.load import LoadRangeForm
from lingzhi.contacts.load import loads, ranges_of
from lingzhi.contacts.load_words import shown_loads
from lingzhi.contacts.services.load import set_load_range
from lingzhi.core.sending import sent_well
from lingzhi.org.queries import reach


@require_GET
def load(request: SignedIn) -> HttpResponse:
    """Contacts for each agent who was there, of the teams within reach."""
    require(request.user, FLOOR)
    form = AttendanceForm(request.GET, user=request.user)
    day, unit = form.asked
    teams, hours = shown_loads(loads(request.user, day, unit))
    context = {"form": form, "day": day, "unit": unit, "teams": teams, "hours": hours}
    context["may_plan"] = may_plan(request.user)
    template = "contacts/load/_load.html" if request.htmx else "contacts/load/load.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def set_range(request: SignedIn) -> HttpResponse:
    """Set a range for a unit, with the earlier ones beside it."""
    if not may_plan(request.user):
        raise PermissionDenied
    form = LoadRangeForm(request.POST or None, user=request.user)

    def act() -> None:
        given = form.cleaned_data
        set_load_range(given["unit"], form.bounds(), from_on=given["from_on"],
                       reason=given["reason"], by=request.user)  # fmt: skip

    if sent_well(request, form, act):
        messages.success(request, _("The range is set."))
        return redirect("contacts:load")
    rows = ranges_of(reach(request.user, FLOOR).units)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "ranges": rows}
    return render(request, "contacts/load/range.html", context, status=status)
