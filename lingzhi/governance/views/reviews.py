"""Reviews that come round: the list, one of them, planning, preparing, holding and closing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import now, today
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.word import word_answer
from lingzhi.core.pagination import page_of
from lingzhi.governance.access import reviews as access
from lingzhi.governance.forms.audits import WordsForm
from lingzhi.governance.forms.reviews import (
    JudgeForm,
    ReviewDecisionForm,
    ReviewFilters,
    ReviewForm,
)
from lingzhi.governance.models import Review, ReviewDecision
from lingzhi.governance.presenting.papers import word_of
from lingzhi.governance.presenting.reviews import (
    NEXT,
    STATE_TONES,
    lines_of,
    paper_of,
    shown_decisions,
    shown_line,
    title_of,
)
from lingzhi.governance.queries.people import AUDIT, READ
from lingzhi.governance.queries.reviews import asked_reviews
from lingzhi.governance.services import review_decisions
from lingzhi.governance.services import reviews as services
from lingzhi.governance.views.common import Place, form_page

ASK = ["GET", "POST"]
ABOVE = (reverse_lazy("governance:reviews"), gettext_lazy("Reviews that come round"))


@require_GET
def reviews(request: SignedIn) -> HttpResponse:
    """What comes, what is being prepared or held, and what was."""
    access.require(request.user, READ)
    form = ReviewFilters(request.GET)
    page = page_of(request, asked_reviews(request.user, **form.asked))
    context = {
        "form": form, "page": page, "rows": [(one, STATE_TONES[one.state]) for one in page],
        "today": today(), "may_plan": request.user.can(AUDIT),
    }  # fmt: skip
    name = "_rows" if request.htmx else "list"
    return render(request, f"governance/reviews/{name}.html", context)


@require_GET
def review(request: SignedIn, pk: int) -> HttpResponse:
    """Its inputs and questions with their verdicts, and what was decided."""
    found = access.review_to_read(request.user, pk)
    may = access.acts_on(request.user, found)
    shown = [shown_line(one, JudgeForm(line=one) if may.judge else None) for one in lines_of(found)]
    decisions = list(found.decisions.select_related("owner"))
    context = {
        "review": found, "may": may, "tone": STATE_TONES[found.state], "next": NEXT[found.state],
        "inputs": [one for one in shown if one.line.is_input],
        "questions": [one for one in shown if not one.line.is_input],
        "decisions": shown_decisions(decisions, request.user),
        "following": Review.objects.filter(before=found).first(),
        "may_report_all": access.may_hold(request.user, found),
    }  # fmt: skip
    return render(request, "governance/reviews/review.html", context)


@require_http_methods(ASK)
def add_review(request: SignedIn) -> HttpResponse:
    access.require(request.user, AUDIT)
    first = {"preparer": request.user.pk, "kind": request.GET.get("kind", "")}
    form = ReviewForm(request.POST or None, user=request.user, initial=first)
    return _form(request, form, _("Plan a review"), None)


@require_http_methods(ASK)
def edit_review(request: SignedIn, pk: int) -> HttpResponse:
    found = access.review_to_plan(request.user, pk)
    form = ReviewForm(request.POST or None, instance=found, user=request.user)
    return _form(request, form, _("Change the review"), _page_of(found))


def _form(request: SignedIn, form: ReviewForm, title: str, back: Place | None) -> HttpResponse:
    return form_page(
        request, form, lambda: services.keep_review(form.instance, by=request.user), title=title,
        above=ABOVE, back=back, to="governance:review", done=_("Saved."),
        note=_("Two weeks before its day who prepares it has a to-do; the inputs are collected "
               "by the program."),
    )  # fmt: skip


@require_POST
def prepare(request: SignedIn, pk: int) -> HttpResponse:
    services.prepare_review(access.review_to_prepare(request.user, pk), by=request.user)
    messages.success(request, _("The inputs stand here as of today."))
    return redirect("governance:review", pk)


@require_http_methods(ASK)
def ask(request: SignedIn, pk: int) -> HttpResponse:
    found = access.review_to_prepare(request.user, pk)
    form = WordsForm(request.POST or None, label=_("Question"))

    def act() -> Review:
        return services.ask_question(found, form.cleaned_data["words"], by=request.user).review

    return form_page(
        request, form, act, title=_("A question of your own"), above=ABOVE, back=_page_of(found),
        to="governance:review", done=_("Saved."),
    )  # fmt: skip


@require_POST
def hold(request: SignedIn, pk: int) -> HttpResponse:
    services.hold_review(access.review_to_chair(request.user, pk), by=request.user)
    messages.success(request, _("The review is open: its inputs change no more."))
    return redirect("governance:review", pk)


@require_http_methods(ASK)
def judge(request: SignedIn, pk: int) -> HttpResponse:
    """The verdict on one input or question."""
    line = access.line_to_judge(request.user, pk)
    form = JudgeForm(request.POST or None, line=line)

    def act() -> Review:
        return services.judge_line(line, **form.cleaned_data, by=request.user).review

    return form_page(
        request, form, act, title=title_of(line), above=ABOVE, back=_page_of(line.review),
        to="governance:review", done=_("Judged."),
    )  # fmt: skip


@require_http_methods(ASK)
def decide(request: SignedIn, pk: int) -> HttpResponse:
    found = access.review_to_hold(request.user, pk)
    form = ReviewDecisionForm(request.POST or None, instance=ReviewDecision(review=found))

    def act() -> Review:
        return review_decisions.decide(form.instance, by=request.user).review

    return form_page(
        request, form, act, title=_("Write down a decision"), above=ABOVE, back=_page_of(found),
        to="governance:review", done=_("It is a to-do of that person now."),
    )  # fmt: skip


@require_http_methods(ASK)
def decision_done(request: SignedIn, pk: int) -> HttpResponse:
    found = access.decision_to_report(request.user, pk)
    form = WordsForm(request.POST or None, label=_("What was done"))

    def act() -> Review:
        review_decisions.report_decision(found, form.cleaned_data["words"], by=request.user)
        return found.review

    return form_page(
        request, form, act, title=_("Report as done"), above=ABOVE, back=_page_of(found.review),
        to="governance:review", done=_("Reported as done."), button=_("Report as done"),
        note=f"{found.words} · {found.owner.name} · {found.due_on}",
    )  # fmt: skip


@require_http_methods(ASK)
def close(request: SignedIn, pk: int) -> HttpResponse:
    found = access.review_to_chair(request.user, pk)
    form = WordsForm(request.POST or None, label=pgettext("of a review", "Conclusion"))
    words = pgettext("of the system", "Close the review")

    def act() -> Review:
        services.close_review(found, form.cleaned_data["words"], by=request.user)
        return found

    return form_page(
        request, form, act, title=words, above=ABOVE, back=_page_of(found),
        to="governance:review", done=_("Saved."), button=words,
        note=_("Say what the review found as a whole. Nothing in it can be changed afterwards."),
    )  # fmt: skip


@require_http_methods(ASK)
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    found = access.review_to_plan(request.user, pk)
    form = WordsForm(request.POST or None, label=_("Why is it not held?"))

    def act() -> Review:
        services.cancel_review(found, form.cleaned_data["words"], by=request.user)
        return found

    return form_page(
        request, form, act, title=_("Cancel the review"), above=ABOVE, back=_page_of(found),
        to="governance:review", done=_("Saved."), button=_("Cancel the review"),
        note=_("No other review follows it. To hold it on another day, change its plan."),
    )  # fmt: skip


@require_GET
def pdf(request: SignedIn, pk: int) -> HttpResponse:
    paper = paper_of(access.review_to_read(request.user, pk))
    context = {"paper": paper, "made_at": now(), "by": request.user}
    return pdf_answer(request, "governance/paper.html", context, paper.name)


@require_GET
def word(request: SignedIn, pk: int) -> HttpResponse:
    paper = paper_of(access.review_to_read(request.user, pk))
    return word_answer(word_of(paper, author=request.user.name), paper.name)


def _page_of(row: Review) -> Place:
    return reverse("governance:review", args=[row.pk]), f"{row.number} {row.get_kind_display()}"
