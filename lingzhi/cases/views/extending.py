"""More time for a clock, and waits that have to be approved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import case_to_work, clock_to_read
from lingzhi.cases.forms.extending import ExtensionForm
from lingzhi.cases.models import Clock
from lingzhi.cases.services.extending import ask_extension, ask_pause
from lingzhi.core.sending import sent_well


@require_http_methods(["GET", "POST"])
def extend(request: SignedIn, pk: int) -> HttpResponse:
    clock = _clock_to_work(request, pk)
    form = ExtensionForm(request.POST or None)
    if sent_well(request, form, lambda: ask_extension(clock, form.wanted, by=request.user)):
        messages.success(request, _("It is asked for; where nobody has to agree, it is granted."))
        return redirect("cases:clock", pk)
    context = {"clock": clock, "case": clock.case, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/clocks/extend.html", context, status=status)


@require_POST
def approve_wait(request: SignedIn, pk: int) -> HttpResponse:
    """Ask that the wait stops the clock."""
    ask_pause(_clock_to_work(request, pk), by=request.user)
    messages.success(request, _("It is asked for; where nobody has to agree, it is granted."))
    return redirect("cases:clock", pk)


def _clock_to_work(request: SignedIn, pk: int) -> Clock:
    clock = clock_to_read(request.user, pk)
    clock.case = case_to_work(request.user, clock.case_id)
    return clock
