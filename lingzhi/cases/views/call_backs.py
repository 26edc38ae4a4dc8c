"""Calling back, closing without the customer, exclusion, secrecy: acts on a case's page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.call_backs import (
    case_to_call_back,
    case_to_hide,
    case_with_hidden,
    order_to_exclude,
)
from lingzhi.cases.forms.call_backs import CallBackForm
from lingzhi.cases.models import Case
from lingzhi.cases.services.calling_back import ask_exclusion, call_back, close_unreached
from lingzhi.cases.services.secrecy import (
    hide_complainant,
    look_at_complainant,
    show_complainant,
)
from lingzhi.cases.views.acts import done, seen_by
from lingzhi.cases.views.cases import case_page
from lingzhi.core.errors import BadInput


def _said(request: SignedIn) -> str:
    return request.POST.get("reason", "")


def _act(request: SignedIn, case: Case, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except BadInput as wrong:
        return case_page(request, case, wrong)
    messages.success(request, said)
    return redirect("cases:case", case.pk)


@require_POST
def call(request: SignedIn, pk: int) -> HttpResponse:
    """Keep a try to reach the customer, and what they said."""
    case, form = case_to_call_back(request.user, pk), CallBackForm(request.POST)
    return done(
        request, case, "call_back_form", form,
        lambda: call_back(case, form.said, seen=seen_by(request), by=request.user),
        _("The call is kept."),
    )  # fmt: skip


@require_POST
def close(request: SignedIn, pk: int) -> HttpResponse:
    """Close it without the customer."""
    case = case_to_call_back(request.user, pk)
    return _act(
        request, case,
        lambda: close_unreached(
            case, reason=_said(request), seen=seen_by(request), by=request.user
        ),
        _("The case is closed; the tries stand as proof."),
    )  # fmt: skip


@require_POST
def exclude(request: SignedIn, pk: int) -> HttpResponse:
    """Ask that an order be left out of appraisal."""
    order = order_to_exclude(request.user, pk)
    return _act(
        request, order.case, lambda: ask_exclusion(order, _said(request), by=request.user),
        _("The request is on its way; until it is approved, the order counts."),
    )  # fmt: skip


@require_POST
def hide(request: SignedIn, pk: int) -> HttpResponse:
    case = case_to_hide(request.user, pk)
    return _act(
        request, case, lambda: hide_complainant(case, ground=_said(request), by=request.user),
        _("The complainant is hidden."),
    )  # fmt: skip


@require_POST
def look(request: SignedIn, pk: int) -> HttpResponse:
    """Who it is, in the clear, on a page that is not kept."""
    case = case_with_hidden(request.user, pk)
    try:
        found = look_at_complainant(case, reason=_said(request), by=request.user)
    except BadInput as wrong:
        return case_page(request, case, wrong)
    answer = render(request, "cases/dispatch/complainant.html", {"case": case, "found": found})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def show(request: SignedIn, pk: int) -> HttpResponse:
    case = case_with_hidden(request.user, pk)
    return _act(
        request, case, lambda: show_complainant(case, reason=_said(request), by=request.user),
        _("The complainant is no longer hidden."),
    )  # fmt: skip
