"""Invitations: who was asked and who not, links handed over, interviews, what was answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.surveys.access.common import (
    READ,
    answering_to_read,
    interview_to_hold,
    invitation_to_ask,
    require,
)
from lingzhi.surveys.forms.answering import given_from, number_in
from lingzhi.surveys.forms.sending import InvitationFilterForm
from lingzhi.surveys.models import Dimension, Invitation, Recovery
from lingzhi.surveys.presenting.answering import shown_answers
from lingzhi.surveys.presenting.invitations import shown_invitations
from lingzhi.surveys.queries.answering import asked_on
from lingzhi.surveys.queries.invitations import (
    InvitationFilters,
    invitations_visible_to,
    tally_of,
)
from lingzhi.surveys.services.answering import Missing, refuse_to_answer
from lingzhi.surveys.services.asking import hand_over as hand_link_over
from lingzhi.surveys.services.asking import send_again
from lingzhi.surveys.services.interviews import begin_interview
from lingzhi.surveys.views.walking import Walk


@require_GET
def invitations(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    form = InvitationFilterForm(request.GET)
    form.is_valid()
    rows = InvitationFilters(**form.cleaned_data).apply(invitations_visible_to(request.user))
    page = page_of(request, rows)
    context = {
        "page": page,
        "rows": shown_invitations(page, request.user),
        "form": form,
        "tally": tally_of(rows),
        "reasons": dict(Invitation.Reason.choices),
    }
    template = "surveys/invitations/_rows.html" if request.htmx else "surveys/invitations/list.html"
    return render(request, template, context)


@require_POST
def hand_over(request: SignedIn, pk: int) -> HttpResponse:
    """The link that staff give to the customer; it is shown this once."""
    found = invitation_to_ask(request.user, pk)
    token = hand_link_over(found, by=request.user)
    found.refresh_from_db()
    link = request.build_absolute_uri(reverse("surveys:answer", args=[token]))
    return render(request, "surveys/invitations/link.html", {"found": found, "link": link})


@require_POST
def again(request: SignedIn, pk: int) -> HttpResponse:
    send_again(invitation_to_ask(request.user, pk), by=request.user)
    messages.success(request, _("It is sent once more."))
    return redirect("surveys:invitations")


@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    begin_interview(invitation_to_ask(request.user, pk), by=request.user)
    return redirect("surveys:interview", pk)


@require_http_methods(["GET", "POST"])
def interview(request: SignedIn, pk: int) -> HttpResponse:
    """What an interviewer asks on the phone and writes down, page by page."""
    found = interview_to_hold(request.user, pk)
    walk = Walk.of_invitation(found)
    at = walk.place_of(number_in(request.POST or request.GET))
    here = reverse("surveys:interview", args=[pk])
    if request.method == "POST":
        given = given_from(request.POST, asked_on(walk.read, walk.given, at))
        try:
            after = walk.send(at, given, by=request.user)
        except Missing as wrong:
            context = walk.context(at, given, wrong) | {"found": found}
            return render(request, "surveys/invitations/interview.html", context, status=422)
        if after is None:
            messages.success(request, _("The answers are kept."))
            return redirect("surveys:invitations")
        return redirect(f"{here}?page={after}")
    context = walk.context(at) | {"found": found}
    return render(request, "surveys/invitations/interview.html", context)


@require_POST
def refuse(request: SignedIn, pk: int) -> HttpResponse:
    refuse_to_answer(interview_to_hold(request.user, pk), by=request.user)
    messages.success(request, _("It is noted that the customer did not want to answer."))
    return redirect("surveys:invitations")


@require_GET
def answering(request: SignedIn, pk: int) -> HttpResponse:
    """What somebody answered, and the case it opened."""
    found = answering_to_read(request.user, pk)
    names = {one.code: str(one) for one in Dimension.objects.all()}
    context = {
        "found": found,
        "answers": shown_answers(found, names),
        "recovery": Recovery.objects.filter(answering=found).select_related("case").first(),
    }
    return render(request, "surveys/invitations/answering.html", context)
