"""Follow-ups: the list and my calls, one follow-up, a call and what comes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access import follow_ups as access
from lingzhi.cases.access.cases import require
from lingzhi.cases.forms.follow_ups import (
    CallForm,
    FollowUpFilterForm,
    GiveForm,
    NewMatterForm,
    OpinionForm,
    PraiseForm,
    ReopenForm,
)
from lingzhi.cases.models import FollowUp
from lingzhi.cases.presenting.follow_ups import follow_up_context, shown_follow_ups
from lingzhi.cases.queries.callers import CALL, Callers, served
from lingzhi.cases.queries.follow_ups import (
    FollowUpFilters,
    follow_ups_visible_to,
    next_of,
    script_of,
)
from lingzhi.cases.queries.people import READ
from lingzhi.cases.services.calling import begin_call, end_call, give_follow_up
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of


@require_GET
def follow_ups(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    form = FollowUpFilterForm(request.GET)
    form.is_valid()
    wanted = FollowUpFilters(**form.cleaned_data)
    page = page_of(request, wanted.apply(follow_ups_visible_to(request.user), request.user))
    context = {
        "page": page,
        "rows": shown_follow_ups(page),
        "form": form,
        "may_call": request.user.can(CALL),
    }
    template = "cases/follow_ups/_rows.html" if request.htmx else "cases/follow_ups/list.html"
    return render(request, template, context)


@require_POST
def next_one(request: SignedIn) -> HttpResponse:
    """The next customer to be called."""
    require(request.user, CALL)
    found = next_of(request.user)
    if found is None:
        messages.info(request, _("Nobody is to be called now."))
        return redirect("cases:follow_ups")
    return redirect("cases:follow_up", found.pk)


@require_GET
def follow_up(request: SignedIn, pk: int) -> HttpResponse:
    return follow_up_page(request, access.follow_up_to_read(request.user, pk))


def follow_up_page(request: SignedIn, found: FollowUp, **sent: Any) -> HttpResponse:
    """One follow-up; again with what was wrong in one of its forms."""
    context = follow_up_context(found, request.user)
    cases = context["cases"]
    _version, script = script_of(found)
    forms = {
        "call_form": CallForm(script) if context["running"] else None,
        "reopen_form": ReopenForm(cases, reason=context["words"]) if context["reopens"] else None,
        "matter_form": NewMatterForm(),
        "opinion_form": OpinionForm(initial={"words": context["words"]}),
        "praise_form": PraiseForm(),
        "give_form": (
            GiveForm(Callers().able(found.unit, served(found))) if context["may"].give else None
        ),
    }
    context |= forms | sent
    status = 422 if any(form.errors for form in sent.values()) else 200
    return render(request, "cases/follow_ups/one.html", context, status=status)


@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    found = access.follow_up_to_call(request.user, pk)
    if begin_call(found, by=request.user) is None:
        messages.warning(request, _("This customer may not be called any more; see the reason."))
    return redirect("cases:follow_up", pk)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    """What came of the call that is in progress."""
    found = access.follow_up_to_call(request.user, pk)
    attempt = found.attempts.select_related("follow_up__rule").order_by("number").last()
    if attempt is None:
        return redirect("cases:follow_up", pk)
    form = CallForm(script_of(found)[1], request.POST)
    try:
        if form.is_valid():
            end_call(attempt, form.called, by=request.user)
    except BadInput as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong.sentence))
    if form.errors:
        return follow_up_page(request, found, call_form=form)
    messages.success(request, _("What came of the call is kept."))
    return redirect("cases:follow_up", pk)


@require_POST
def give(request: SignedIn, pk: int) -> HttpResponse:
    found = access.follow_up_to_give(request.user, pk)
    form = GiveForm(Callers().able(found.unit, served(found)), request.POST)
    if not form.is_valid():
        return follow_up_page(request, found, give_form=form)
    give_follow_up(found, form.cleaned_data["person"], by=request.user)
    messages.success(request, _("Somebody else calls now."))
    return redirect("cases:follow_up", pk)
