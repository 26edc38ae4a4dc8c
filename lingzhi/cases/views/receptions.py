"""Receptions: the front desk, one reception in its four phases, and its steps."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import case_to_note, contact_to_register, require
from lingzhi.cases.access.receptions import goes_on, reception_to_read, reception_to_take_on
from lingzhi.cases.forms.receptions import PolicyForm, StepForm, WelcomeForm
from lingzhi.cases.models import Reception
from lingzhi.cases.queries.people import OPEN, READ, SET
from lingzhi.cases.queries.receptions import needs_consent, phases_of, receptions_visible_to
from lingzhi.cases.services.receptions import receive, set_reception_policy, take_step, welcome
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.pagination import page_of


@require_http_methods(["GET", "POST"])
def receptions(request: SignedIn) -> HttpResponse:
    """Who came to the front desk, and how far they got; POST welcomes somebody."""
    require(request.user, READ)
    form = WelcomeForm(request.user, request.POST or None)
    if request.method == "POST":
        require(request.user, OPEN)
        if form.is_valid():
            data = form.cleaned_data
            found = welcome(data["unit"], data["visitor"], by=request.user)
            return redirect("cases:reception", found.pk)
    rows = receptions_visible_to(request.user).prefetch_related("steps")
    context = {
        "page": page_of(request, rows.filter(kind=Reception.Kind.FRONT_DESK)), "form": form,
        "may_open": request.user.can(OPEN), "may_set": request.user.can(SET),
        "policy_form": PolicyForm(initial={"needs_consent": needs_consent()}),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "cases/receptions/list.html", context, status=status)


@require_POST
def policy(request: SignedIn) -> HttpResponse:
    """Set whether a transfer needs consent."""
    require(request.user, SET)
    form = PolicyForm(request.POST)
    form.is_valid()
    set_reception_policy(**form.cleaned_data, by=request.user)
    messages.success(request, _("The rule of transfers is set."))
    return redirect("cases:receptions")


@require_POST
def of_contact(request: SignedIn, contact: int) -> HttpResponse:
    """The reception of a conversation; begun where there is none."""
    talk = contact_to_register(request.user, contact)
    if talk.unit is None:
        raise BadInput(_("Nobody knows to which unit this conversation belongs."))
    return redirect("cases:reception", receive(talk.unit, contact=talk, by=request.user).pk)


@require_POST
def of_case(request: SignedIn, pk: int) -> HttpResponse:
    """The reception of a case; begun where there is none."""
    found = case_to_note(request.user, pk)
    begun = receive(found.unit, contact=found.contact, case=found, by=request.user)
    return redirect("cases:reception", begun.pk)


@require_GET
def reception(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, reception_to_read(request.user, pk), StepForm())


def _page(request: SignedIn, found: Reception, form: StepForm) -> HttpResponse:
    context: dict[str, Any] = {
        "reception": found, "phases": phases_of(found), "needs_consent": needs_consent(),
        "form": form if goes_on(request.user, found) else None,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "cases/receptions/one.html", context, status=status)


@require_POST
def step(request: SignedIn, pk: int) -> HttpResponse:
    """Take a step."""
    found, form = reception_to_take_on(request.user, pk), StepForm(request.POST)
    try:
        if form.is_valid():
            take_step(found, form.taken, by=request.user)
    except BadInput as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong.sentence))
    except DomainError as wrong:
        form.add_error(None, str(wrong.sentence))
    return _page(request, found, form) if form.errors else redirect("cases:reception", pk)
