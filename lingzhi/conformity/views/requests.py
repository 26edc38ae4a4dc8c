"""What employees ask about their data: the register, one request with its answer, the term."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity.access.privacy import (
    request_to_answer,
    request_to_read,
    require_keeper,
)
from lingzhi.conformity.forms.requests import AnswerForm, TermForm
from lingzhi.conformity.queries.requests import days_to_answer, requests_for
from lingzhi.conformity.services.requests import answer_request, set_term
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.org.queries.privacy import KEEP


@require_GET
def register(request: SignedIn) -> HttpResponse:
    require_keeper(request.user)
    context = {
        "page": page_of(request, requests_for(request.user)), "days": days_to_answer(),
    }  # fmt: skip
    return render(request, "conformity/requests/list.html", context)


@require_GET
def one(request: SignedIn, pk: int) -> HttpResponse:
    found = request_to_read(request.user, pk)
    context = {
        "row": found, "form": AnswerForm(), "is_mine": found.person == request.user,
        "may_answer": request.user.can(KEEP) and found.person != request.user,
    }  # fmt: skip
    return render(request, "conformity/requests/request.html", context)


@require_http_methods(["POST"])
def answer(request: SignedIn, pk: int) -> HttpResponse:
    found = request_to_answer(request.user, pk)
    form = AnswerForm(request.POST)
    if sent_well(
        request, form, lambda: answer_request(found, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, _("Answered: the person is told."))
        return redirect("conformity:request", pk)
    context = {"row": found, "form": form, "may_answer": True}
    return render(request, "conformity/requests/request.html", context, status=422)


@require_http_methods(["GET", "POST"])
def term(request: SignedIn) -> HttpResponse:
    """How long an answer may take."""
    require_keeper(request.user)
    form = TermForm(request.POST or None, initial={"days": days_to_answer()})
    if sent_well(request, form, lambda: set_term(form.cleaned_data["days"], by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("conformity:requests")
    status = 422 if form.errors else 200
    return render(request, "conformity/requests/term.html", {"form": form}, status=status)
