"""Appeals: their list, the agent's form, one appeal with its history, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.presenting import shown_turns
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.pagination import page_of
from lingzhi.inspections.access import READ, RECHECK, require
from lingzhi.inspections.access.appeals import (
    acts_on_appeal,
    appeal_of_own,
    appeal_to_decide,
    appeal_to_read,
)
from lingzhi.inspections.access.library import may_propose
from lingzhi.inspections.access.reviews import review_of_own
from lingzhi.inspections.forms.appeals import (
    AppealFilters,
    OutcomeFilters,
    sent_opinions,
    sent_points,
)
from lingzhi.inspections.models import Appeal, Review
from lingzhi.inspections.presenting.appeal_history import history_of, level_in_words
from lingzhi.inspections.presenting.appeal_outcomes import outcome_tables
from lingzhi.inspections.presenting.appeals import (
    appealable_lines,
    appealed_lines,
    following_lines,
    tries,
)
from lingzhi.inspections.presenting.reviews import marks_of
from lingzhi.inspections.queries.appeal_windows import levels_of, place_of, window_of
from lingzhi.inspections.queries.appeals import (
    appeals_to_decide,
    appeals_visible_to,
    narrowed,
)
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.services import appeals as services
from lingzhi.inspections.services import deciding_appeals as deciding
from lingzhi.inspections.services.correcting import AnswersMissing
from lingzhi.kpis.queries import last_days
from lingzhi.org.queries import reach
from lingzhi_engine.stats import TOO_FEW


@require_GET
def appeals(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    form = AppealFilters(request.GET)
    form.is_valid()
    wanted = dict(form.cleaned_data)
    whose = wanted.pop("whose", "")
    rows = appeals_visible_to(request.user)
    if whose == "mine":
        rows = rows.filter(opened_by=request.user)
    elif whose == "decide":
        rows = appeals_to_decide(request.user)
    page = page_of(request, narrowed(rows, **wanted).prefetch_related("items"))
    for one in page:
        one.level_words = level_in_words(one.role)
    template = "inspections/appeals/_rows.html" if request.htmx else "inspections/appeals/list.html"
    return render(request, template, {"page": page, "form": form})


@require_GET
def outcomes(request: SignedIn) -> HttpResponse:
    """How often appeals overturned rules, inspectors and items, among all that could be."""
    require(request.user, RECHECK)
    form = OutcomeFilters(request.GET)
    form.is_valid()
    period = last_days(form.days, today())
    within = reach(request.user, RECHECK).over("unit__path", "agent_id")
    context = {"form": form, "tables": outcome_tables(period, within), "enough": TOO_FEW}
    template = "_tables.html" if request.htmx else "outcomes.html"
    return render(request, f"inspections/appeals/{template}", context)


@require_http_methods(["GET", "POST"])
def open_appeal(request: SignedIn, pk: int) -> HttpResponse:
    """The agent ticks items, says why, and points at turns."""
    review = review_of_own(request.user, pk)
    problem: BadInput | None = None
    if request.method == "POST":
        try:
            appeal = services.open_appeal(review, sent_points(request.POST), by=request.user)
        except BadInput as wrong:
            problem = wrong
        else:
            messages.success(request, _("Your appeal is open; you are told what becomes of it."))
            return redirect("inspections:appeal", appeal.pk)
    context = {
        **_talk(review),
        "lines": appealable_lines(review, dict(tries(request.POST))),
        "window": window_of(review),
        "levels": [level_in_words(one) for one in levels_of(policy_of(place_of(review)))],
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "inspections/appeals/open.html", context, status=status)


def _talk(review: Review) -> dict[str, Any]:
    contact = review.contact
    turns = shown_turns(contact, marks_of(review, contact))
    return {"review": review, "contact": contact, "turns": turns}


@require_GET
def appeal(request: SignedIn, pk: int) -> HttpResponse:
    """What is appealed against, the same evidence for everybody, and the way it went."""
    return _page(request, appeal_to_read(request.user, pk))


def _page(
    request: SignedIn, found: Appeal, problem: DomainError | None = None, **more: Any
) -> HttpResponse:
    context = {
        **_talk(found.review),
        "appeal": found,
        "level": level_in_words(found.role),
        "levels": [level_in_words(role) for role in found.levels],
        "lines": appealed_lines(found, dict(tries(request.POST))),
        "history": history_of(found, request.user),
        "may": acts_on_appeal(request.user, found),
        "may_propose": may_propose(request.user),
        "problem": problem,
        **more,
    }
    status = 422 if problem else 200
    return render(request, "inspections/appeals/appeal.html", context, status=status)


@require_POST
def decide(request: SignedIn, pk: int) -> HttpResponse:
    """Each item gets an answer: the one it has (it stands) or another, with the reason."""
    found = appeal_to_decide(request.user, pk)
    sent = sent_opinions(found, request.POST)
    try:
        if sent.unanswered:
            field = f"answer-{sent.unanswered[0]}"
            raise BadInput(_("Choose an answer for each item."), field=field)
        deciding.decide_appeal(found, sent.opinions, by=request.user)
    except (BadInput, AnswersMissing) as wrong:
        answers = {item: one.answer for item, one in sent.opinions.items() if one.answer}
        following = following_lines(found, answers, dict(tries(request.POST)))
        return _page(request, found, wrong, following=following)
    messages.success(request, _("Your decision is kept; whom it concerns is told."))
    return redirect("inspections:appeal", pk)


@require_POST
def pass_on(request: SignedIn, pk: int) -> HttpResponse:
    """This level cannot decide; the next one does."""
    found = appeal_to_decide(request.user, pk)
    deciding.pass_on_appeal(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The appeal went to the next level."))
    return redirect("inspections:appeal", pk)


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    found = appeal_of_own(request.user, pk)
    services.withdraw_appeal(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Your appeal is withdrawn."))
    return redirect("inspections:appeal", pk)


@require_POST
def carry_on(request: SignedIn, pk: int) -> HttpResponse:
    """The appellant is not content with the answer."""
    found = appeal_of_own(request.user, pk)
    services.carry_on_appeal(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The appeal went to the next level."))
    return redirect("inspections:appeal", pk)


@require_POST
def accept(request: SignedIn, pk: int) -> HttpResponse:
    """The appellant leaves it at the answer."""
    found = appeal_of_own(request.user, pk)
    services.accept_answer(found, by=request.user)
    messages.success(request, _("The appeal is over."))
    return redirect("inspections:appeal", pk)
