"""What team leaders bring to a meeting, all teams on one page, and the answers they get."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.governance.access import meetings as access
from lingzhi.governance.forms.team_reports import AnswerForm, TeamReportForm
from lingzhi.governance.presenting.team_reports import shown_facts, shown_reports
from lingzhi.governance.queries.meetings import READ
from lingzhi.governance.queries.team_reports import facts_now, own_reports, reports_for
from lingzhi.governance.services import team_reports as services


@require_GET
def my_reports(request: SignedIn) -> HttpResponse:
    """The reports of the teams one leads, with the answers to what was asked for."""
    access.require(request.user, READ)
    context = {"page": page_of(request, own_reports(request.user))}
    return render(request, "governance/team_reports/mine.html", context)


@require_GET
def team_reports(request: SignedIn, pk: int) -> HttpResponse:
    """All teams of a meeting side by side, for whoever runs it."""
    found = access.meeting_to_run(request.user, pk)
    rows = list(reports_for(found))
    context = {"row": found, "rows": shown_reports(rows), "user_pk": request.user.pk}
    return render(request, "governance/team_reports/all.html", context)


@require_http_methods(["GET", "POST"])
def team_report(request: SignedIn, pk: int) -> HttpResponse:
    """One team's: a form for its leader until it is handed in, then to be read."""
    found = access.report_to_read(request.user, pk)
    if request.method == "POST":
        found = access.report_to_hand_in(request.user, pk)
    form = TeamReportForm(request.POST or None)
    if sent_well(
        request, form, lambda: services.hand_in(found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The report of your team is handed in."))
        return redirect("governance:team_report", pk)
    context = {
        "report": found, "form": form, "shown": shown_facts(facts_now(found)),
        "demands": found.demands.select_related("answered_by"),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "governance/team_reports/report.html", context, status=status)


@require_http_methods(["GET", "POST"])
def answer_demand(request: SignedIn, pk: int) -> HttpResponse:
    """Granted, answered or refused, in words."""
    found = access.demand_to_answer(request.user, pk)
    form = AnswerForm(request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        services.answer_demand(found, said["answer"], said["words"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Answered: the team leader is told."))
        return redirect("governance:team_reports", found.report.meeting_id)
    context = {"form": form, "demand": found, "row": found.report.meeting}
    status = 422 if form.errors else 200
    return render(request, "governance/team_reports/answer.html", context, status=status)
