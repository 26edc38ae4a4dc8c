"""Who was there, what was said, decided and given to do; confirmed and read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.governance.access import meetings as access
from lingzhi.governance.forms.meetings import (
    ActionFilters,
    ActionForm,
    DecisionForm,
    MinutesForm,
    PresenceForm,
    WordsForm,
)
from lingzhi.governance.presenting.meetings import shown_actions
from lingzhi.governance.presenting.points import title_of
from lingzhi.governance.queries.meetings import READ, actions_visible_to, late_actions
from lingzhi.governance.services import minutes as services
from lingzhi.governance.views.acting import act_page, acted

POST_OR_GET = ["GET", "POST"]


@require_POST
def sign_in(request: SignedIn, pk: int) -> HttpResponse:
    place = access.place_in(request.user, pk)
    services.sign_in(place, by=request.user)
    return acted(request, place.meeting, _("You are signed in."))


@require_http_methods(POST_OR_GET)
def note_presence(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_run(request.user, pk)
    form = PresenceForm(request.POST or None, meeting=found)
    if sent_well(request, form, lambda: services.note_presence(found, form.marks, by=request.user)):
        return acted(request, found, _("Saved."))
    status = 422 if form.errors else 200
    context = {"form": form, "row": found}
    return render(request, "governance/meetings/presence.html", context, status=status)


@require_http_methods(POST_OR_GET)
def write_minutes(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_run(request.user, pk)
    titles = {one.pk: title_of(one) for one in found.points.all()}
    form = MinutesForm(request.POST or None, meeting=found, titles=titles)
    return act_page(
        request, found, form,
        lambda: services.write_minutes(
            found, form.words, form.cleaned_data["guests"], by=request.user
        ),
        title=_("Write the minutes"), done=_("Saved."),
        note=_("A few sentences a point; decisions and actions have their own lists."),
    )  # fmt: skip


@require_http_methods(POST_OR_GET)
def write_decision(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_run(request.user, pk)
    form = DecisionForm(request.POST or None)
    return act_page(
        request, found, form,
        lambda: services.write_decision(found, form.cleaned_data["words"], by=request.user),
        title=_("Write down a decision"), done=_("Saved."),
    )  # fmt: skip


@require_http_methods(POST_OR_GET)
def write_action(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_run(request.user, pk)
    form = ActionForm(request.POST or None)
    form.instance.meeting = found
    return act_page(
        request, found, form, lambda: services.write_action(form.instance, by=request.user),
        title=_("Give somebody something to do"), done=_("It is a to-do of that person now."),
    )  # fmt: skip


@require_POST
def hand_over(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_run(request.user, pk)
    services.hand_over(found, by=request.user)
    return acted(request, found, _("The chair has the minutes to confirm."))


@require_http_methods(POST_OR_GET)
def return_minutes(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_confirm(request.user, pk)
    form = WordsForm(request.POST or None, label=_("What is to be changed"))
    return act_page(
        request, found, form,
        lambda: services.return_minutes(found, form.cleaned_data["words"], by=request.user),
        title=_("Give the minutes back"), done=_("Who takes the minutes is told."),
    )  # fmt: skip


@require_POST
def confirm_minutes(request: SignedIn, pk: int) -> HttpResponse:
    found = access.meeting_to_confirm(request.user, pk)
    services.confirm_minutes(found, by=request.user)
    return acted(request, found, _("Confirmed. Everybody who was called is asked to read them."))


@require_POST
def acknowledge(request: SignedIn, pk: int) -> HttpResponse:
    place = access.place_in(request.user, pk)
    services.acknowledge(place, by=request.user)
    return acted(request, place.meeting, _("Noted that you have read the minutes."))


@require_GET
def actions(request: SignedIn) -> HttpResponse:
    """What meetings gave to do: one's own, and those of the meetings one sees."""
    access.require(request.user, "org.read")
    form = ActionFilters(request.GET)
    asked, rows = form.asked, actions_visible_to(request.user)
    state = asked.get("state", "")
    rows = {
        "": rows.filter(done_at=None), "done": rows.exclude(done_at=None), "all": rows,
        "late": rows.filter(pk__in=late_actions(today()).values("pk")),
    }.get(state, rows)  # fmt: skip
    page = page_of(request, rows.filter(owner=request.user) if asked.get("mine") else rows)
    context = {
        "form": form, "page": page, "rows": shown_actions(page),
        "may_read": request.user.can(READ),
    }  # fmt: skip
    name = "_action_rows" if request.htmx else "actions"
    return render(request, f"governance/meetings/{name}.html", context)


@require_http_methods(POST_OR_GET)
def action_done(request: SignedIn, pk: int) -> HttpResponse:
    found = access.action_to_report(request.user, pk)
    form = WordsForm(request.POST or None, label=_("What was done"))
    if sent_well(
        request, form,
        lambda: services.report_action(found, form.cleaned_data["words"], by=request.user),
    ):  # fmt: skip
        messages.success(request, _("Reported as done."))
        return redirect("governance:actions")
    context = {"form": form, "action": found}
    status = 422 if form.errors else 200
    return render(request, "governance/meetings/action_done.html", context, status=status)
