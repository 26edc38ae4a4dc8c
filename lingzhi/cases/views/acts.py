"""What is done with a case: each act is one POST from its page."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import (
    case_to_assign,
    case_to_note,
    case_to_take,
    case_to_work,
    hand_over_to_answer,
)
from lingzhi.cases.forms.cases import AnswerForm, AssignForm, HandOverForm, NoteForm, TellForm
from lingzhi.cases.models import Case
from lingzhi.cases.services.handing_over import accept_hand_over, ask_hand_over, return_hand_over
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.services.working import assign_case, note_on_case
from lingzhi.cases.views.cases import case_page
from lingzhi.core.errors import BadInput


def seen_by(request: SignedIn) -> int:
    """The revision of the case when the page was opened."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() else -1


def done(
    request: SignedIn, case: Case, name: str, form: BaseForm, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do it and go back to the case; what was wrong stands beside what was sent."""
    try:
        if form.is_valid():
            act()
    except BadInput as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong.sentence))
    if form.errors:
        case.refresh_from_db()
        problem = BadInput(_("Please look at the fields marked below."))
        return case_page(request, case, problem, **{name: form})
    messages.success(request, said)
    return redirect("cases:case", case.pk)


@require_POST
def move(request: SignedIn, pk: int) -> HttpResponse:
    """Take a step of the flow (`step`), with its reason."""
    case = case_to_work(request.user, pk)
    step, reason = request.POST.get("step", ""), request.POST.get("reason", "")
    try:
        move_case(case, step, seen=seen_by(request), reason=reason, by=request.user)
    except BadInput as wrong:
        return case_page(request, case, wrong)
    messages.success(request, _("The case has moved on."))
    return redirect("cases:case", pk)


@require_POST
def note(request: SignedIn, pk: int) -> HttpResponse:
    case, form = case_to_note(request.user, pk), NoteForm(request.POST)
    return done(
        request, case, "note_form", form,
        lambda: note_on_case(case, **form.cleaned_data, by=request.user), _("The note is kept."),
    )  # fmt: skip


@require_POST
def assign(request: SignedIn, pk: int) -> HttpResponse:
    case = case_to_assign(request.user, pk)
    form = AssignForm(case.unit, request.POST)
    return done(
        request, case, "assign_form", form,
        lambda: assign_case(
            case, form.cleaned_data["person"], seen=seen_by(request), by=request.user
        ),
        _("The case is given."),
    )  # fmt: skip


@require_POST
def take(request: SignedIn, pk: int) -> HttpResponse:
    """Take a case of one's unit on oneself."""
    case = case_to_take(request.user, pk)
    assign_case(case, request.user, seen=seen_by(request), by=request.user)
    messages.success(request, _("You handle this case now."))
    return redirect("cases:case", pk)


@require_POST
def tell(request: SignedIn, pk: int) -> HttpResponse:
    case, form = case_to_work(request.user, pk), TellForm(request.POST)
    return done(
        request, case, "tell_form", form,
        lambda: tell_customer(
            case, Told(**form.cleaned_data), seen=seen_by(request), by=request.user
        ),
        _("What the customer was told is kept."),
    )  # fmt: skip


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """What the customer says to the result."""
    case, form = case_to_work(request.user, pk), AnswerForm(request.POST)
    return done(
        request, case, "answer_form", form,
        lambda: record_answer(case, **form.cleaned_data, seen=seen_by(request), by=request.user),
        _("What the customer says is kept."),
    )  # fmt: skip


@require_POST
def hand_over(request: SignedIn, pk: int) -> HttpResponse:
    """Offer the case to another unit."""
    case = case_to_work(request.user, pk)
    form = HandOverForm(case, request.POST)
    return done(
        request, case, "hand_over_form", form,
        lambda: ask_hand_over(
            case, **form.cleaned_data, seen=seen_by(request), by=request.user
        ),
        _("The case is offered to the unit."),
    )  # fmt: skip


@require_POST
def accept(request: SignedIn, pk: int) -> HttpResponse:
    offer = hand_over_to_answer(request.user, pk)
    accept_hand_over(offer, by=request.user)
    messages.success(request, _("You handle this case now."))
    return redirect("cases:case", offer.case_id)


@require_POST
def send_back(request: SignedIn, pk: int) -> HttpResponse:
    """Return a hand-over with its reason."""
    offer = hand_over_to_answer(request.user, pk)
    return_hand_over(offer, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The hand-over is returned."))
    return redirect("cases:list")
