"""Closing a month, and the dated corrections after it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.presenting import shown_turns
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.closing import review_to_correct, site_to_close, sites_to_close
from lingzhi.inspections.forms.closing import MonthForm
from lingzhi.inspections.forms.reviews import changed_answers
from lingzhi.inspections.models import MonthClose, Review
from lingzhi.inspections.presenting.closing import effect_of
from lingzhi.inspections.presenting.reviews import marks_of, shown_review
from lingzhi.inspections.queries.closing import (
    close_of,
    corrections_visible_to,
    late_visible_to,
    open_matters,
)
from lingzhi.inspections.services.closing import NotClosed, close_month, correct_review
from lingzhi.inspections.services.correcting import AnswersMissing


@require_GET
def closing(request: SignedIn) -> HttpResponse:
    """What a month still waits for, and the months that are closed."""
    units = sites_to_close(request.user)
    form = MonthForm(request.GET, units=units)
    closes = MonthClose.objects.filter(unit__in=units).annotate(late_count=Count("late"))
    closes = closes.select_related("unit", "closed_by").order_by("-month", "unit")
    context: dict[str, Any] = {"form": form, "page": page_of(request, closes)}
    if form.is_valid() and form.cleaned_data["unit"]:
        unit, month = form.cleaned_data["unit"], form.cleaned_data["month"]
        context |= {"unit": unit, "month": month, "closed": close_of(unit, month)}
        context["matters"] = open_matters(unit, month)
    name = "_month.html" if request.htmx else "closing.html"
    return render(request, f"inspections/closing/{name}", context)


@require_POST
def close(request: SignedIn, pk: int) -> HttpResponse:
    unit = site_to_close(request.user, pk)
    form = MonthForm({**request.POST.dict(), "unit": pk}, units=sites_to_close(request.user))
    if not form.is_valid():
        raise BadInput(_("Name a month that is over."), field="month")
    closed = close_month(unit, form.cleaned_data["month"], by=request.user)
    messages.success(request, _("The month is closed: %(n)d scores stand.") % {"n": closed.reviews})
    return redirect("inspections:closing")


@require_GET
def corrections(request: SignedIn) -> HttpResponse:
    """What changed after a close."""
    access.require(request.user, access.READ)
    page = page_of(request, corrections_visible_to(request.user))
    return render(request, "inspections/closing/corrections.html", {"page": page})


@require_GET
def late(request: SignedIn) -> HttpResponse:
    """What was published after its month was closed, and what that changed."""
    access.require(request.user, access.READ)
    page = page_of(request, late_visible_to(request.user))
    return render(request, "inspections/closing/late.html", {"page": page})


@require_http_methods(["GET", "POST"])
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Other answers for a score of a closed month: their effect first, then the correction."""
    review = review_to_correct(request.user, pk)
    if review.closed_at is None:
        raise NotClosed()
    if request.method == "GET":
        return _page(request, review)
    sent = changed_answers(review.version.read(), review.answers, request.POST)
    problem = "\n".join(sent.problems)
    if not problem and not sent.answers:
        problem = _("No answer is different.")
    try:
        if not problem and "confirm" in request.POST:
            reason = request.POST.get("reason", "")
            correct_review(review, sent.answers, reason=reason, by=request.user)
            messages.success(request, _("The correction is dated and kept."))
            return redirect("inspections:review", pk)
        effect = None if problem else effect_of(review, sent.answers)
    except (BadInput, AnswersMissing) as refused:
        problem, effect = str(refused.sentence), None
    return _page(request, review, problem=problem, effect=effect, answers=sent.answers)


def _page(request: SignedIn, review: Review, **found: Any) -> HttpResponse:
    answers = {**review.answers, **found.get("answers", {})}
    context = {
        "review": review,
        "contact": review.contact,
        "shown": shown_review(review, answers),
        "turns": shown_turns(review.contact, marks_of(review, review.contact)),
        "reason": request.POST.get("reason", ""),
        **found,
    }
    status = 422 if found.get("problem") else 200
    return render(request, "inspections/closing/correct.html", context, status=status)
