"""The floor: agents now, raised hands, breaks, the wallboard."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts import attendance as attended
from lingzhi.contacts.access.calls import FLOOR, require
from lingzhi.contacts.access.floor import (
    agent_to_force,
    hand_to_answer,
    reason_to_change,
    request_to_decide,
    surge_to_end,
    surge_to_read,
)
from lingzhi.contacts.board import board as service_now
from lingzhi.contacts.board_words import shown_board
from lingzhi.contacts.flow import flows
from lingzhi.contacts.forms.floor import AttendanceForm, BreakReasonForm, ForceForm, SurgeForm
from lingzhi.contacts.queries.commands import states_offered
from lingzhi.contacts.queries.floor import (
    agents_now,
    break_reasons_seen_by,
    hands,
    open_requests,
    surges_of,
)
from lingzhi.contacts.services import floor as services
from lingzhi.contacts.services.commands import force_agent, new_number
from lingzhi.contacts.wallboard import board
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import panels_of


@require_GET
def floor(request: SignedIn) -> HttpResponse:
    """Who is in which state for how long; what waits for a leader."""
    require(request.user, FLOOR)
    context = {
        "panels": panels_of("contacts.floor", request.user, None),
        "of_agents": panels_of("contacts.agents", request.user, None),
        "agents": agents_now(request.user),
        "requests": open_requests(request.user),
        "hands": hands(request.user).filter(answered_at=None, lowered_at=None),
        "answered": hands(request.user).filter(answered_at__isnull=False)[:5],
    }
    template = "contacts/floor/_floor.html" if request.htmx else "contacts/floor/floor.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def force(request: SignedIn, pk: int) -> HttpResponse:
    """Put an agent into a state by force, with a reason."""
    person = agent_to_force(request.user, pk)
    form = ForceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = request.POST.get("number", "")
        asked = force_agent(person, **form.cleaned_data, number=number, by=request.user)
        messages.success(request, _("The state is set here; the agent’s log names you."))
        if asked:
            messages.info(request, _("The phone system is asked; its answer stands below."))
        return redirect("contacts:floor")
    context = {"person": person, "form": form, "number": new_number()}
    context["offers"] = states_offered(request.user, person)
    status = 422 if request.method == "POST" else 200
    return render(request, "contacts/floor/force.html", context, status=status)


@require_GET
def attendance(request: SignedIn) -> HttpResponse:
    """When each agent was at work on a day."""
    require(request.user, FLOOR)
    form = AttendanceForm(request.GET, user=request.user)
    page = page_of(request, attended.attendance(request.user, *form.asked))
    context = {"form": form, "page": page, "labels": [one.label for one in attended.AT_WORK]}
    template = "contacts/floor/_attendance.html" if request.htmx else (
        "contacts/floor/attendance.html"
    )  # fmt: skip
    return render(request, template, context)


@require_GET
def export_attendance(request: SignedIn) -> HttpResponse:
    """The same list as a file."""
    require(request.user, FLOOR)
    day, unit = AttendanceForm(request.GET, user=request.user).asked
    rows = [attended.cells(one) for one in attended.attendance(request.user, day, unit)]
    services.note_attendance_export(day, len(rows), by=request.user)
    answer: HttpResponse = table_answer(
        f"attendance-{day}", request.GET.get("form", "csv"), attended.header(), rows
    )
    return answer


@require_POST
def decide(request: SignedIn, pk: int) -> HttpResponse:
    asked = request_to_decide(request.user, pk)
    services.decide_break(asked, is_granted="grant" in request.POST, by=request.user)
    return redirect("contacts:floor")


@require_POST
def answer_hand(request: SignedIn, pk: int) -> HttpResponse:
    services.answer_hand(hand_to_answer(request.user, pk), by=request.user)
    messages.success(request, _("The agent knows that you come."))
    return redirect("contacts:floor")


@require_GET
def wallboard(request: SignedIn) -> HttpResponse:
    """Big figures of today, readable from afar; they renew themselves."""
    require(request.user, FLOOR)
    template = "contacts/floor/_wallboard.html" if request.htmx else "contacts/floor/wallboard.html"
    panels = panels_of("contacts.floor", request.user, None)
    return render(request, template, {"board": board(request.user), "panels": panels})


@require_GET
def service_board(request: SignedIn) -> HttpResponse:
    """Volume, answers, resolution and satisfaction of today beside the days before."""
    require(request.user, FLOOR)
    shown = shown_board(service_now(request.user), flows())
    template = "contacts/floor/_board.html" if request.htmx else "contacts/floor/board.html"
    return render(request, template, {"shown": shown})


@require_http_methods(["GET", "POST"])
def break_reasons(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """Why agents take breaks, with quotas; a new one or one that is changed."""
    require(request.user, FLOOR)
    reason = reason_to_change(request.user, pk) if pk else None
    form = BreakReasonForm(request.POST or None, instance=reason, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.keep_break_reason(form.save(commit=False), by=request.user)
        return redirect("contacts:break_reasons")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "reason": reason, "reasons": break_reasons_seen_by(request.user)}
    return render(request, "contacts/floor/break_reasons.html", context, status=status)


@require_http_methods(["GET", "POST"])
def surges(request: SignedIn) -> HttpResponse:
    """What happened on the floor; who leads it tells everybody of a unit."""
    form = SurgeForm(request.POST or None, user=request.user)
    if request.method == "POST":
        require(request.user, FLOOR)
        if form.is_valid():
            surge = services.announce_surge(**form.cleaned_data, by=request.user)
            return redirect("contacts:surge", surge.pk)
    status = 422 if request.method == "POST" else 200
    page = page_of(request, surges_of(request.user))
    context = {"form": form, "page": page, "may_announce": request.user.can(FLOOR)}
    return render(request, "contacts/floor/surges.html", context, status=status)


@require_http_methods(["GET", "POST"])
def surge(request: SignedIn, pk: int) -> HttpResponse:
    """One of them; `read` says that one has read it."""
    found = surge_to_read(request.user, pk)
    if request.method == "POST":
        services.read_surge(found, by=request.user)
        return redirect("contacts:surge", pk)
    receipts = found.receipts.select_related("person")
    context = {
        "surge": found,
        "mine": receipts.filter(person=request.user).first(),
        "unread": receipts.filter(read_at=None),
        "read_count": receipts.exclude(read_at=None).count(),
        "may_end": request.user.can(FLOOR) and found.ended_at is None,
    }
    return render(request, "contacts/floor/surge.html", context)


@require_POST
def end_surge(request: SignedIn, pk: int) -> HttpResponse:
    services.end_surge(surge_to_end(request.user, pk), by=request.user)
    return redirect("contacts:surge", pk)
