"""Cases: their list, one case, opening one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.queries import saved_views
from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import (
    acts_on_case,
    case_to_read,
    clock_to_read,
    contact_to_register,
    require,
    works_on,
)
from lingzhi.cases.forms.cases import (
    AnswerForm,
    AssignForm,
    CaseFilterForm,
    HandOverForm,
    OpenCaseForm,
)
from lingzhi.cases.forms.escalation import ReactionForm
from lingzhi.cases.models import Case, Extension
from lingzhi.cases.presenting.cases import (
    TONES,
    shown_cases,
    shown_clocks,
    shown_events,
    shown_steps,
    state_of,
)
from lingzhi.cases.presenting.clauses import lacking_shown
from lingzhi.cases.presenting.clocks import explained
from lingzhi.cases.presenting.dictionaries import words_of
from lingzhi.cases.presenting.recognition import hits_behind
from lingzhi.cases.presenting.replies import replies_shown
from lingzhi.cases.queries.cases import (
    cases_visible_to,
    clocks_of,
    history_of,
    open_hand_over,
)
from lingzhi.cases.queries.escalation import alarms_of
from lingzhi.cases.queries.fields import said_in
from lingzhi.cases.queries.ledgers import lines_of
from lingzhi.cases.queries.links import open_cases_of
from lingzhi.cases.queries.people import OPEN, READ, WORK
from lingzhi.cases.queries.secrecy import kept_back
from lingzhi.cases.services.extending import wait_to_approve
from lingzhi.cases.services.opening import open_case
from lingzhi.cases.services.solving_at_once import solve_at_once
from lingzhi.cases.services.telling import tell_customer
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import visible_to
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import panels_of

EVENTS = 30  # a page of the history
MOST_KNOWN = 10  # open cases of a customer, shown before another one is opened


@require_GET
def cases(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    form = CaseFilterForm(request.GET)
    form.is_valid()
    if request.htmx and "bar" in request.GET:
        return render(request, "cases/cases/_bar.html", {"form": form})
    page = page_of(request, form.wanted.apply(cases_visible_to(request.user), request.user))
    context = {
        "page": page,
        "rows": shown_cases(page),
        "form": form,
        "may_open": request.user.can(OPEN),
        "may_work": request.user.can(WORK),
        "saved_views": saved_views(request.user, "cases:list"),
        "query": request.GET.urlencode(),
    }
    template = "cases/cases/_rows.html" if request.htmx else "cases/cases/list.html"
    return render(request, template, context)


@require_GET
def case(request: SignedIn, pk: int) -> HttpResponse:
    return case_page(request, case_to_read(request.user, pk))


def case_page(
    request: SignedIn, found: Case, problem: DomainError | None = None, **sent: Any
) -> HttpResponse:
    """One case with its clocks, its history and the acts one may do; again with what was wrong.

    What was `sent` stands with its errors where it was written, on the page or in a panel of it.
    """
    offer = open_hand_over(found)
    may = acts_on_case(request.user, found, offer)
    contact = _contact_shown(request, found)
    page = page_of(request, history_of(found), EVENTS)
    panels = panels_of("cases.case", request.user, found)
    asides = panels_of("cases.beside", request.user, found)
    for panel in (*panels, *asides):
        panel.context.update(sent)
    context = {
        "case": found,
        "state": state_of(found),
        "tone": TONES[found.kind],
        "offer": offer,
        "words": words_of(found),
        "own": said_in(found),
        "may": may,
        "steps": shown_steps(found, request.user) if may.work else [],
        "clocks": shown_clocks(clocks_of(found)),
        "lacking": lacking_shown(found),
        "page": page,
        "events": shown_events(page, found.version),
        "panels": panels,
        "contact": contact,
        "hits": hits_behind(found, contact, request.user),
        "customer": _customer_shown(request, found),
        "problem": problem,
        "asides": asides,
        "answer_form": AnswerForm(),
        "assign_form": AssignForm(found.unit) if may.assign else None,
        "hand_over_form": HandOverForm(found) if may.hand_over else None,
        **replies_shown(request.user, found, request.GET.get("reply", "")),
        **sent,
    }
    return render(request, "cases/cases/case.html", context, status=422 if problem else 200)


def _contact_shown(request: SignedIn, found: Case) -> Contact | None:
    """The conversation, where this person may see it."""
    may = request.user.can("contacts.read") and not kept_back(request.user, [found])
    if found.contact_id is None or not may:
        return None
    return visible_to(request.user).filter(pk=found.contact_id).first()


def _customer_shown(request: SignedIn, found: Case) -> list[Any]:
    """What identifies the customer, masked."""
    may = request.user.can("customers.read") and not kept_back(request.user, [found])
    return list(found.customer.identifiers.all()) if found.customer and may else []


@require_http_methods(["GET", "POST"])
def open_one(request: SignedIn, contact: int | None = None) -> HttpResponse:
    """Register a case, from a conversation or from nothing."""
    require(request.user, OPEN)
    talk = contact_to_register(request.user, contact) if contact else None
    if "fields" in request.POST:  # a type was chosen: its own fields, before anything is sent
        return _open_page(request, OpenCaseForm(request.user, talk, given=request.POST.dict()))
    form = OpenCaseForm(request.user, talk, request.POST or None)
    if request.method == "POST" and form.is_valid() and (opened := _opened(form, request)):
        messages.success(request, _("Case %(number)s is open.") % {"number": opened.number})
        return redirect("cases:case", opened.pk)
    return _open_page(request, form)


def _open_page(request: SignedIn, form: OpenCaseForm) -> HttpResponse:
    talk = form.contact
    known = open_cases_of(talk.customer_id, request.user)[:MOST_KNOWN] if talk else []
    context = {"form": form, "contact": talk, "known": shown_cases(known)}
    template = "cases/fields/_own.html" if request.htmx else "cases/cases/open.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _opened(form: OpenCaseForm, request: SignedIn) -> Case | None:
    """The case; None where something was wrong, which then stands in the form."""
    try:
        return _open(form, request)
    except BadInput as wrong:
        form.refuse(wrong)
    return None


@transaction.atomic
def _open(form: OpenCaseForm, request: SignedIn) -> Case:
    """Open it and say how it stands: solved at once, or what the customer was told."""
    opened = open_case(form.opening, by=request.user)
    if form.is_solved_at_once:
        solve_at_once(opened, form.told.method, by=request.user)
    else:
        tell_customer(opened, form.told, seen=opened.revision, by=request.user)
    return opened


@require_GET
def clock(request: SignedIn, pk: int) -> HttpResponse:
    """What a clock counted, line by line."""
    found = clock_to_read(request.user, pk)
    context = {
        "case": found.case,
        "clock": found,
        "shown": shown_clocks([found])[0],
        "explained": explained(found),
        "events": lines_of(found),
        "alarms": alarms_of(found.pk),
        "extensions": Extension.objects.filter(clock=found).select_related("approval", "asked_by"),
        "may_work": works_on(request.user, found.case),
        "wait": wait_to_approve(found),
        "reactions": found.reactions.select_related("by"),
        "reaction_form": ReactionForm() if works_on(request.user, found.case) else None,
    }
    return render(request, "cases/clocks/clock.html", context)
