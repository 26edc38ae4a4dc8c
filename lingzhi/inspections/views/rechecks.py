"""Looking at given scores before they are released, and releasing those that may be."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.presenting import shown_turns
from lingzhi.core.errors import BadInput
from lingzhi.inspections import access
from lingzhi.inspections.access.reviews import review_to_look_over
from lingzhi.inspections.forms.reviews import changed_answers
from lingzhi.inspections.models import Review
from lingzhi.inspections.presenting.reviews import marks_of, shown_review
from lingzhi.inspections.services.correcting import AnswersMissing
from lingzhi.inspections.services.rechecking import recheck_review, release_all


@require_http_methods(["GET", "POST"])
def recheck(request: SignedIn, pk: int) -> HttpResponse:
    """Agree with a score (`agree`), or change answers with a reason."""
    review = review_to_look_over(request.user, pk)
    if request.method == "GET":
        return _page(request, review)
    try:
        problem = _change(request, review)
    except (BadInput, AnswersMissing) as refused:
        problem = str(refused.sentence)
    if problem:
        return _page(request, review, problem)
    messages.success(request, _("The score is re-checked."))
    return redirect("inspections:review", pk)


def _change(request: SignedIn, review: Review) -> str:
    """Keep what was found; what keeps it from that, in words."""
    if "agree" in request.POST:
        recheck_review(review, {}, by=request.user)
        return ""
    sent = changed_answers(review.version.read(), review.answers, request.POST)
    if sent.problems:
        return "\n".join(sent.problems)
    if not sent.answers:
        return _("No answer is different. Agree, or change one.")
    recheck_review(review, sent.answers, reason=request.POST.get("reason", ""), by=request.user)
    return ""


def _page(request: SignedIn, review: Review, problem: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "review": review,
        "contact": review.contact,
        "shown": shown_review(review),
        "turns": shown_turns(review.contact, marks_of(review, review.contact)),
        "problem": problem,
        "reason": request.POST.get("reason", ""),
    }
    status = 422 if problem else 200
    return render(request, "inspections/reviews/recheck.html", context, status=status)


@require_POST
def release_every(request: SignedIn) -> HttpResponse:
    """Release what may be released as it stands."""
    access.require(request.user, access.RECHECK)
    number = release_all(by=request.user)
    said = ngettext("%(n)d score is released.", "%(n)d scores are released.", number)
    messages.success(request, said % {"n": number})
    return redirect("inspections:reviews")
