"""What comes of a follow-up: each act is one POST from its page."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.follow_ups import follow_up_to_call
from lingzhi.cases.forms.follow_ups import NewMatterForm, OpinionForm, PraiseForm, ReopenForm
from lingzhi.cases.models import FollowUp
from lingzhi.cases.queries.follow_ups import cases_of
from lingzhi.cases.queries.people import OPEN
from lingzhi.cases.services.following_up import open_after, pass_opinion, praise, reopen_after
from lingzhi.cases.views.follow_ups import follow_up_page
from lingzhi.core.errors import BadInput


def _done(
    request: SignedIn, found: FollowUp, name: str, form: BaseForm, act: Callable[[], object]
) -> HttpResponse:
    """Do it and go back; what was wrong stands beside what was sent."""
    try:
        if form.is_valid():
            act()
    except BadInput as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong.sentence))
    if form.errors:
        return follow_up_page(request, found, **{name: form})
    messages.success(request, _("The result is kept."))
    return redirect("cases:follow_up", found.pk)


@require_POST
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    """Put a case that the customer is not content with back to work."""
    found = follow_up_to_call(request.user, pk)
    form = ReopenForm(cases_of(found), request.POST)
    return _done(
        request, found, "reopen_form", form,
        lambda: reopen_after(found, **form.cleaned_data, by=request.user),
    )  # fmt: skip


@require_POST
def open_one(request: SignedIn, pk: int) -> HttpResponse:
    """Open a case, such as a complaint, about something new."""
    found = follow_up_to_call(request.user, pk)
    require(request.user, OPEN)
    form = NewMatterForm(request.POST)
    return _done(
        request, found, "matter_form", form,
        lambda: open_after(found, form.opening, by=request.user),
    )  # fmt: skip


@require_POST
def opinion(request: SignedIn, pk: int) -> HttpResponse:
    """Pass what the customer thinks on to a department."""
    found, form = follow_up_to_call(request.user, pk), OpinionForm(request.POST)
    return _done(
        request, found, "opinion_form", form,
        lambda: pass_opinion(found, **form.cleaned_data, by=request.user),
    )  # fmt: skip


@require_POST
def praise_one(request: SignedIn, pk: int) -> HttpResponse:
    """Tell the person who served the customer that they were praised."""
    found, form = follow_up_to_call(request.user, pk), PraiseForm(request.POST)
    return _done(
        request, found, "praise_form", form,
        lambda: praise(found, **form.cleaned_data, by=request.user),
    )  # fmt: skip
