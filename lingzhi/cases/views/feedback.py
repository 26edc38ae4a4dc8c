"""The steps of a customer's opinion or suggestion: each is one POST from the page of its case."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import case_to_work
from lingzhi.cases.forms.feedback import ADOPTED, AnalysisForm, JudgeForm, PlanForm
from lingzhi.cases.services.feedback import (
    Analysis,
    analyse_feedback,
    judge_suggestion,
    plan_feedback,
)
from lingzhi.cases.views.acts import done


@require_POST
def analyse(request: SignedIn, pk: int) -> HttpResponse:
    case, form = case_to_work(request.user, pk), AnalysisForm(request.POST)
    return done(
        request, case, "analysis_form", form,
        lambda: analyse_feedback(case, Analysis(**form.cleaned_data), by=request.user),
        _("The analysis is kept."),
    )  # fmt: skip


@require_POST
def plan(request: SignedIn, pk: int) -> HttpResponse:
    case, form = case_to_work(request.user, pk), PlanForm(request.POST)
    return done(
        request, case, "plan_form", form,
        lambda: plan_feedback(case, form.cleaned_data["plan"], by=request.user),
        _("The plan is kept."),
    )  # fmt: skip


@require_POST
def judge(request: SignedIn, pk: int) -> HttpResponse:
    case, form = case_to_work(request.user, pk), JudgeForm(request.POST)

    def act() -> None:
        is_adopted, reason = form.cleaned_data["verdict"] == ADOPTED, form.cleaned_data["reason"]
        judge_suggestion(case, is_adopted=is_adopted, reason=reason, by=request.user)

    return done(request, case, "judge_form", form, act, _("What becomes of it is kept."))
