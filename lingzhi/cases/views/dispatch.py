"""What is done with work orders: each act is one POST from the page of the case."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access import dispatch as access
from lingzhi.cases.access.cases import case_to_note
from lingzhi.cases.forms.dispatch import AssistForm, DispatchForm, OrderAnswerForm
from lingzhi.cases.models import Case
from lingzhi.cases.queries.dispatch import return_reasons
from lingzhi.cases.services.dispatching import (
    add_assisting,
    dispatch_case,
    rule_on_case,
    take_back_order,
)
from lingzhi.cases.services.order_reviews import pass_review, redo_case
from lingzhi.cases.services.order_work import answer_order, return_order, sign_order
from lingzhi.cases.services.urging import (
    end_supervision,
    raise_supervision,
    report_on,
    supervise_case,
    urge_case,
)
from lingzhi.cases.views.acts import done, seen_by
from lingzhi.cases.views.cases import case_page
from lingzhi.core.errors import BadInput


def _said(request: SignedIn) -> str:
    return request.POST.get("reason", "")


def _act(
    request: SignedIn, case: Case, act: Callable[[], object], said: str, to: str = "cases:case"
) -> HttpResponse:
    """Do what only asks for a reason, and go back; what was wrong stands above the page."""
    try:
        act()
    except BadInput as wrong:
        case.refresh_from_db()
        return case_page(request, case, wrong)
    messages.success(request, said)
    return redirect(to, case.pk) if to == "cases:case" else redirect(to)


@require_POST
def dispatch(request: SignedIn, pk: int) -> HttpResponse:
    """Send the case to its units."""
    case = access.case_to_dispatch(request.user, pk)
    form = DispatchForm(case, request.POST)
    return done(
        request, case, "dispatch_form", form,
        lambda: dispatch_case(case, form.sending, seen=seen_by(request), by=request.user),
        _("The order is sent; the units have to sign for it."),
    )  # fmt: skip


@require_POST
def rule(request: SignedIn, pk: int) -> HttpResponse:
    """Say finally who handles it."""
    case = access.case_to_rule(request.user, pk)
    form = DispatchForm(case, request.POST, is_ruling=True)
    return done(
        request, case, "ruling_form", form,
        lambda: rule_on_case(
            case, form.sending, ground=form.cleaned_data["ground"], seen=seen_by(request),
            by=request.user,
        ),
        _("The ruling is kept; the unit cannot return the case."),
    )  # fmt: skip


@require_POST
def assist(request: SignedIn, pk: int) -> HttpResponse:
    """One more unit assists."""
    case, form = access.case_to_dispatch(request.user, pk), AssistForm(request.POST)
    return done(
        request, case, "assist_form", form,
        lambda: add_assisting(case, **form.cleaned_data, by=request.user),
        _("The order is sent; the units have to sign for it."),
    )  # fmt: skip


@require_POST
def sign(request: SignedIn, pk: int) -> HttpResponse:
    order = access.order_to_handle(request.user, pk)
    sign_order(order, by=request.user)
    messages.success(request, _("The order is signed for."))
    return redirect("cases:case", order.case_id)


@require_POST
def send_back(request: SignedIn, pk: int) -> HttpResponse:
    """Return an order with a reason of the dictionary and in words."""
    order = access.order_to_handle(request.user, pk)
    chosen = request.POST.get("code", "")
    reason = return_reasons().filter(code=chosen).first()

    def act() -> None:
        if reason is None:
            raise BadInput(_("Choose why it is returned."), field="code")
        return_order(order, reason, words=_said(request), by=request.user)

    return _act(request, order.case, act, _("The order is returned."), "cases:work_orders")


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    order, form = access.order_to_handle(request.user, pk), OrderAnswerForm(request.POST)
    return done(
        request, order.case, "order_form", form,
        lambda: answer_order(order, **form.cleaned_data, by=request.user),
        _("The answer is signed and kept."),
    )  # fmt: skip


@require_POST
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    order = access.order_to_take_back(request.user, pk)
    return _act(
        request, order.case,
        lambda: take_back_order(order, reason=_said(request), by=request.user),
        _("The order is taken back."),
    )  # fmt: skip


@require_POST
def passed(request: SignedIn, pk: int) -> HttpResponse:
    case = access.case_to_review(request.user, pk)
    seen, words = seen_by(request), _said(request)
    return _act(
        request, case, lambda: pass_review(case, words=words, seen=seen, by=request.user),
        _("The answer passed its review."),
    )  # fmt: skip


@require_POST
def redo(request: SignedIn, pk: int) -> HttpResponse:
    """Have it done again: after the review by who reviews, later by the desk."""
    case = access.case_to_redo(request.user, pk)
    return _act(
        request, case,
        lambda: redo_case(case, reason=_said(request), seen=case.revision, by=request.user),
        _("The case goes back to the units."),
    )  # fmt: skip


@require_POST
def urge(request: SignedIn, pk: int) -> HttpResponse:
    case, seen = case_to_note(request.user, pk), seen_by(request)
    by_customer = request.POST.get("by_customer") == "on"
    return _act(
        request, case,
        lambda: urge_case(
            case, _said(request), by_customer=by_customer, seen=seen, by=request.user
        ),
        _("The units are told."),
    )  # fmt: skip


@require_POST
def supervise(request: SignedIn, pk: int) -> HttpResponse:
    case = access.case_to_supervise(request.user, pk)
    return _act(
        request, case, lambda: supervise_case(case, _said(request), by=request.user),
        _("The case is under supervision."),
    )  # fmt: skip


@require_POST
def report(request: SignedIn, pk: int) -> HttpResponse:
    found = access.supervision_to_report(request.user, pk)
    return _act(
        request, found.case, lambda: report_on(found, _said(request), by=request.user),
        _("The report is kept."),
    )  # fmt: skip


@require_POST
def raise_level(request: SignedIn, pk: int) -> HttpResponse:
    found = access.supervision_to_end(request.user, pk)
    return _act(
        request, found.case, lambda: raise_supervision(found, _said(request), by=request.user),
        _("The next level supervises the case now."),
    )  # fmt: skip


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    found = access.supervision_to_end(request.user, pk)
    return _act(
        request, found.case, lambda: end_supervision(found, by=request.user),
        _("The supervision is over."),
    )  # fmt: skip
