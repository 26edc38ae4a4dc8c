"""What is kept about me, a copy of it, and what I ask about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity.forms.requests import RequestForm
from lingzhi.conformity.presenting.own import shown_kept
from lingzhi.conformity.queries.own import copy_of, kept_about
from lingzhi.conformity.queries.requests import days_to_answer, requests_of
from lingzhi.conformity.services.requests import ask_about_data, record_own_copy
from lingzhi.core.clock import today
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.org.queries.privacy import CHANNELS, notice_on


@require_GET
def mine(request: SignedIn) -> HttpResponse:
    context = {
        "lines": shown_kept(request.user), "notice": notice_on(CHANNELS.STAFF),
        "page": page_of(request, requests_of(request.user)), "days": days_to_answer(),
    }  # fmt: skip
    return render(request, "conformity/own/mine.html", context)


@require_POST
def copy(request: SignedIn) -> HttpResponse:
    """Everything as a table; the audit log keeps that it was taken."""
    rows = sum(one.n for one in kept_about(request.user))
    header = [_("Part"), _("Time"), _("What it says")]
    name = f"my-data-{today()}"
    answer: HttpResponse = table_answer(name, "xlsx", header, copy_of(request.user))
    record_own_copy(rows, by=request.user)
    return answer


@require_http_methods(["GET", "POST"])
def ask(request: SignedIn) -> HttpResponse:
    form = RequestForm(request.POST or None, person=request.user)
    if sent_well(request, form, lambda: ask_about_data(form.said, by=request.user)):
        messages.success(request, _("Sent. The answer will stand here."))
        return redirect("conformity:mine")
    status = 422 if form.errors else 200
    context = {"form": form, "days": days_to_answer()}
    return render(request, "conformity/own/ask.html", context, status=status)
