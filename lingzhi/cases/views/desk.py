"""The agent's desk and the team leader's board."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.presenting.cases import shown_cases
from lingzhi.cases.presenting.follow_ups import shown_follow_ups
from lingzhi.cases.queries import desk as queries
from lingzhi.cases.queries.callers import CALL
from lingzhi.cases.queries.follow_ups import queue_of
from lingzhi.cases.queries.people import ASSIGN, OPEN, READ, WORK, units_of
from lingzhi.cases.queries.repeats import DAYS, repeats_of
from lingzhi.cases.services.taking import take_next
from lingzhi.contacts.queries import visible_to
from lingzhi.core.clock import now
from lingzhi.notifications.queries import inbox_of

SHOWN = 8  # lines of a card; the rest stands on the page it leads to


@require_GET
def desk(request: SignedIn) -> HttpResponse:
    """My conversations today, cases, follow-ups, hand-overs and to-dos on one screen."""
    require(request.user, READ)
    me = request.user
    contacts, calls = queries.my_contacts_today(me), queue_of(me)
    context = {
        "standing": queries.standing_of_cases(queries.my_cases(me)),
        "cases": shown_cases(queries.my_cases(me)[:SHOWN]),
        "contacts": contacts[:SHOWN], "contact_count": contacts.count(),
        "follow_ups": shown_follow_ups(calls[:SHOWN]), "call_count": calls.count(),
        "calls_now": calls.filter(next_at__lte=now()).count(),
        "offers": queries.offered_to(units_of(me))[:SHOWN],
        "todos": inbox_of(me)[:SHOWN],
        "may_call": me.can(CALL), "may_work": me.can(WORK), "may_open": me.can(OPEN),
        "leads": me.can(ASSIGN),
    }  # fmt: skip
    return render(request, "cases/desk/desk.html", context)


@require_POST
def take(request: SignedIn) -> HttpResponse:
    """Take the next case on."""
    require(request.user, WORK)
    found = take_next(by=request.user)
    if found is None:
        messages.info(request, _("No case waits for somebody to take it on."))
        return redirect("cases:desk")
    messages.success(request, _("You handle this case now."))
    return redirect("cases:case", found.pk)


@require_GET
def team(request: SignedIn) -> HttpResponse:
    """The team's cases by person, what nobody took on, hand-overs, and repeat calls."""
    require(request.user, ASSIGN)
    rows = queries.team_cases(request.user)
    repeats = repeats_of(visible_to(request.user))
    context = {
        "standing": queries.standing_of_cases(rows), "loads": queries.loads_in(rows),
        "late": shown_cases(rows.filter(next_due_at__lt=now())[:SHOWN]),
        "untaken": rows.filter(handler=None).count(),
        "offers": queries.offered_to(queries.units_led(request.user))[:SHOWN],
        "repeats": repeats[:SHOWN], "repeat_count": repeats.count(), "days": DAYS,
    }  # fmt: skip
    return render(request, "cases/desk/team.html", context)
