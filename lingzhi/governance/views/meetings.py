"""Meetings: the list, one meeting, and what is done with its agenda."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.word import word_answer
from lingzhi.core.pagination import page_of
from lingzhi.governance.access import meetings as access
from lingzhi.governance.forms.meetings import (
    MeetingFilters,
    MeetingForm,
    ProposalForm,
    WordsForm,
)
from lingzhi.governance.models import Meeting
from lingzhi.governance.presenting.meetings import (
    NEXT,
    TONES,
    came,
    shown_actions,
    shown_decisions,
    stages_of,
)
from lingzhi.governance.presenting.minutes_document import facts_of, word_minutes
from lingzhi.governance.presenting.points import shown_points
from lingzhi.governance.queries.meetings import MEET, READ, coming, meetings_visible_to
from lingzhi.governance.services import meetings as services
from lingzhi.governance.views.acting import act_page, acted
from lingzhi.org.queries import centre_name

NEXT_SHOWN = 6


@require_GET
def meetings(request: SignedIn) -> HttpResponse:
    """One's own that come next, and every meeting within reach."""
    access.require(request.user, "org.read")
    form = MeetingFilters(request.GET, user=request.user)
    rows = meetings_visible_to(request.user).filter(**form.narrowing)
    context = {
        "form": form, "page": page_of(request, rows), "tones": TONES,
        "coming": coming(request.user)[:NEXT_SHOWN], "may_call": request.user.can(MEET),
        "may_read": request.user.can(READ),
    }  # fmt: skip
    name = "_rows" if request.htmx else "list"
    return render(request, f"governance/meetings/{name}.html", context)


@require_GET
def meeting(request: SignedIn, pk: int) -> HttpResponse:
    """Agenda, who was there, minutes, decisions and actions."""
    found = access.meeting_to_read(request.user, pk)
    attendees = list(found.attendees.select_related("person"))
    own = next((one for one in attendees if one.person_id == request.user.pk), None)
    actions = found.actions.select_related("owner", "done_by")
    context = {
        "row": found, "may": access.acts_on(request.user, found, own), "own": own,
        "stages": stages_of(found), "next": NEXT[found.state],
        "tone": TONES[Meeting.State(found.state)], "attendees": attendees,
        "came": came(attendees), "actions": shown_actions(actions),
        "points": shown_points(list(found.points.select_related("proposed_by"))),
        "decisions": shown_decisions(found, request.user),
        "reports": found.reports.count(), "handed": found.reports.exclude(handed_at=None).count(),
        "own_report": found.reports.filter(leader=request.user).first(),
    }  # fmt: skip
    return render(request, "governance/meetings/meeting.html", context)


@require_http_methods(["GET", "POST"])
def edit_meeting(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_run(request.user, pk)
    form = MeetingForm(request.POST or None, initial=_standing(found))
    return act_page(
        request, found, form,
        lambda: services.change_meeting(found, by=request.user, **form.cleaned_data),
        title=_("Change the meeting"), done=_("Saved."),
        note=_("Everybody who was called is told of another time or place."),
    )  # fmt: skip


def _standing(row: Meeting) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("begins_at", "place", "chair", "minute_taker")}


@require_http_methods(["GET", "POST"])
def cancel_meeting(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_run(request.user, pk)
    form = WordsForm(request.POST or None, label=_("Why it does not take place"))
    return act_page(
        request, found, form,
        lambda: services.cancel_meeting(found, form.cleaned_data["words"], by=request.user),
        title=_("Call it off"), done=_("Called off."), button=_("Call it off"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def propose_point(request: SignedIn, pk: int) -> HttpResponse:
    found = access.place_in(request.user, pk).meeting
    form = ProposalForm(request.POST or None)
    return act_page(
        request, found, form,
        lambda: services.propose_point(
            found, form.cleaned_data["title"], form.cleaned_data["text"], by=request.user
        ),
        title=_("Propose a point"), done=_("Proposed."),
        note=_("It stands on the agenda once that is fixed."),
    )  # fmt: skip


@require_POST
def withdraw_point(request: SignedIn, pk: int) -> HttpResponse:
    point = access.point_to_withdraw(request.user, pk)
    services.withdraw_point(point, by=request.user)
    return acted(request, point.meeting, _("Taken back."))


@require_POST
def fix_agenda(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_run(request.user, pk)
    services.fix_agenda(found, by=request.user)
    return acted(request, found, _("The agenda is fixed with the figures of now."))


@require_GET
def minutes_word(request: SignedIn, pk: int) -> HttpResponse:
    """Agenda, minutes, decisions and actions as a Word document."""
    found = access.meeting_to_read(request.user, pk)
    return word_answer(word_minutes(found, author=centre_name()), _name_of(found))


@require_GET
def minutes_pdf(request: SignedIn, pk: int) -> HttpResponse:
    """The same as a PDF; before the meeting it has the list to sign."""
    found = access.meeting_to_read(request.user, pk)
    attendees = list(found.attendees.select_related("person"))
    context = {
        "row": found, "facts": facts_of(found, attendees), "attendees": attendees,
        "points": shown_points(list(found.points.select_related("proposed_by"))),
        "decisions": found.decisions.all(), "actions": found.actions.select_related("owner"),
        "to_sign": not found.was_held, "centre_name": centre_name(),
    }  # fmt: skip
    return pdf_answer(request, "governance/meetings/print.html", context, _name_of(found))


def _name_of(row: Meeting) -> str:
    return f"meeting-{row.planned_on.isoformat()}-{row.pk}"
