"""People sum up their own cases; who leads reads, answers and decides on proposals."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.summaries import (
    improvement_to_decide,
    may_answer,
    summary_to_answer,
    summary_to_read,
    summary_to_write,
)
from lingzhi.cases.forms.summaries import (
    CadenceForm,
    DecisionForm,
    SummaryAnswerForm,
    SummaryForm,
)
from lingzhi.cases.models import Improvement, Summary
from lingzhi.cases.presenting.summaries import shown_facts
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.queries.summaries import (
    facts_between,
    improvements_visible_to,
    summaries_visible_to,
    summary_settings,
)
from lingzhi.cases.services.summaries import (
    answer_summary,
    decide_improvement,
    set_cadence,
    submit_summary,
)
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import panels_of
from lingzhi.core.sending import sent_well

SHOWN = 20  # proposals beside the list; each stands on its summary, too


@require_GET
def summaries(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    context = {
        "page": page_of(request, summaries_visible_to(request.user)),
        "improvements": improvements_visible_to(request.user)[:SHOWN],
        "settings": summary_settings(),
        "may_set": request.user.can(SET),
    }
    return render(request, "cases/summaries/list.html", context)


@require_http_methods(["GET", "POST"])
def cadence(request: SignedIn) -> HttpResponse:
    """How often people are asked."""
    require(request.user, SET)
    form = CadenceForm(request.POST or None, initial={"cadence": summary_settings().cadence})
    if sent_well(request, form, lambda: set_cadence(form.cleaned_data["cadence"], by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("cases:summaries")
    return render(request, "cases/summaries/cadence.html", {"form": form})


@require_GET
def summary(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, summary_to_read(request.user, pk))


@require_POST
def submit(request: SignedIn, pk: int) -> HttpResponse:
    found = summary_to_write(request.user, pk)
    form = SummaryForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        lines = data["proposals"].splitlines()
        submit_summary(found, data["text"], lines, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Your summary is handed in."))
        return redirect("cases:summary", pk)
    return _page(request, found, form=form)


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    found = summary_to_answer(request.user, pk)
    form = SummaryAnswerForm(request.POST)

    def act() -> None:
        answer_summary(found, form.cleaned_data["answer"], by=request.user)

    if sent_well(request, form, act):
        return redirect("cases:summary", pk)
    return _page(request, found, answer_form=form)


@require_POST
def decide(request: SignedIn, pk: int) -> HttpResponse:
    row = improvement_to_decide(request.user, pk)
    form = DecisionForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        decide_improvement(row, data["state"], data["why"], by=request.user)

    if sent_well(request, form, act):
        return redirect("cases:summary", row.summary_id)
    return _page(request, row.summary, decided={row.pk: form})


def _page(
    request: SignedIn, found: Summary, *, form: SummaryForm | None = None,
    answer_form: SummaryAnswerForm | None = None,
    decided: Mapping[int, DecisionForm] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a summary, with the form that was refused; `decided` by the proposal."""
    decided = decided or {}
    is_open = found.submitted_at is None
    facts = facts_between(found.person, found.from_on, found.to_on) if is_open else found.facts
    counts, types = shown_facts(facts)
    rows = found.improvements.select_related("decided_by").order_by("pk")
    adopted = [(one.pk, one.text) for one in rows if one.state == Improvement.State.ADOPTED]
    context = {
        "summary": found,
        "counts": counts,
        "types": types,
        "form": (form or SummaryForm()) if is_open and found.person == request.user else None,
        "improvements": [(one, decided.get(one.pk) or DecisionForm()) for one in rows],
        "panels": panels_of("cases.proposals", request.user, adopted),
        "may_answer": may_answer(request.user, found),
        "answer_form": answer_form or SummaryAnswerForm(),
    }
    status = 422 if form or answer_form or decided else 200
    return render(request, "cases/summaries/summary.html", context, status=status)
