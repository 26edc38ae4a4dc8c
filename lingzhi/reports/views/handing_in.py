"""Handing a report in with own words, and deciding on its points."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.models import User
from lingzhi.accounts.requests import SignedIn
from lingzhi.approvals.models import Approval
from lingzhi.core.errors import BadInput
from lingzhi.reports import access, services
from lingzhi.reports.forms.reports import DecideForm, WordsForm
from lingzhi.reports.kinds import APPROVAL, kind_of
from lingzhi.reports.models import Decision, Plan, Report
from lingzhi.reports.presenting.points import KIND, ShownPoint, shown_points

STARTS = "improvement.start"


def handing_in_of(report: Report, user: User) -> dict[str, Any]:
    """What the page offers whoever has to hand the report in or to decide."""
    subject = f"{report._meta.label_lower}/{report.pk}"
    may_finish = access.may_finish(user, report)
    asked = report.state == Report.State.ASKED and may_finish
    return {
        "may_finish": may_finish and report.state == Report.State.DRAFT,
        "needs_approval": kind_of(report.plan).waits_for == APPROVAL,
        "words_form": WordsForm(initial={"words": report.words}),
        "is_refused": asked and not Approval.objects.filter(
            subject=subject, state__in=(Approval.State.OPEN, Approval.State.APPROVED)
        ).exists(),
        "may_decide": access.may_decide(user, report),
        "is_answer": report.plan.kind == Plan.Kind.RETURNED,
    }  # fmt: skip


@require_POST
def hand_in(request: SignedIn, pk: int) -> HttpResponse:
    found = access.report_to_finish(request.user, pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Say in your own words what the figures mean."), field="words")
    services.hand_in(found, form.cleaned_data["words"], by=request.user)
    messages.success(request, _("It is handed in."))
    return redirect("reports:detail", pk)


@require_POST
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    found = access.report_to_finish(request.user, pk)
    services.take_back(found, by=request.user)
    messages.success(request, _("It is a draft again."))
    return redirect("reports:detail", pk)


@require_http_methods(["GET", "POST"])
def decide(request: SignedIn, pk: int, at: int) -> HttpResponse:
    """The point at a place of the report, from 1 on: taken up or not."""
    report = access.report_to_decide(request.user, pk)
    point, is_answer = _point(report, at), _is_answer(report)
    form = DecideForm(request.POST or None, is_answer=is_answer)
    if form.is_valid():
        try:
            made = services.decide_point(report, point.key, by=request.user, **form.cleaned_data)
            return _onward(request, made)
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
    context = {"report": report, "point": point, "form": form, "is_answer": is_answer}
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/decide.html", context, status=status)


def _is_answer(report: Report) -> bool:
    return report.plan.kind == Plan.Kind.RETURNED


def _point(report: Report, at: int) -> ShownPoint:
    found = shown_points(report)
    if not 1 <= at <= len(found):
        raise Http404
    return found[at - 1]


def _onward(request: SignedIn, made: Decision) -> HttpResponse:
    """A point of a review that is taken up becomes a rectification."""
    messages.success(request, _("Decided."))
    if made.is_taken and not _is_answer(made.report) and request.user.can(STARTS):
        asked = urlencode({"source": KIND, "key": str(made.pk)})
        return redirect(f"{reverse('improvement:start')}?{asked}")
    return redirect("reports:detail", made.report_id)
