"""Levels of escalation, lateness: what is set, what was done, and how often."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import case_to_read, case_to_work, clock_to_read, require
from lingzhi.cases.forms.escalation import (
    EscalationForm,
    OverdueFilters,
    PressForm,
    ReactionForm,
)
from lingzhi.cases.models import EscalationRule
from lingzhi.cases.presenting.cases import shown_cases
from lingzhi.cases.presenting.overdue import overdue_lines
from lingzhi.cases.queries.escalation import escalation_in_force
from lingzhi.cases.queries.overdue import judged_clocks, late_now
from lingzhi.cases.queries.people import ASSIGN, READ, SET
from lingzhi.cases.services.escalation_rules import (
    add_escalation,
    end_escalation,
    press,
    react,
)
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi_engine.stats import TOO_FEW


@require_GET
def escalations(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    context = {"rules": escalation_in_force(), "may_set": request.user.can(SET)}
    return render(request, "cases/escalation/list.html", context)


@require_http_methods(["GET", "POST"])
def new_escalation(request: SignedIn) -> HttpResponse:
    require(request.user, SET)
    form = EscalationForm(request.POST or None)
    if sent_well(request, form, lambda: add_escalation(form.save(commit=False), by=request.user)):
        messages.success(request, _("The level holds for all cases that run."))
        return redirect("cases:escalations")
    status = 422 if form.errors else 200
    return render(request, "cases/escalation/edit.html", {"form": form}, status=status)


@require_POST
def end_one(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, SET)
    rule = EscalationRule.objects.filter(pk=pk).first()
    if rule is None:
        raise Http404
    end_escalation(rule, by=request.user)
    messages.success(request, _("The level has ended."))
    return redirect("cases:escalations")


@require_POST
def react_to(request: SignedIn, pk: int) -> HttpResponse:
    """What is done about a clock that ran over: from its page."""
    clock = clock_to_read(request.user, pk)
    clock.case = case_to_work(request.user, clock.case_id)
    form = ReactionForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Say it in a few words."), field="text")
    react(clock, form.cleaned_data["cause"], form.cleaned_data["text"], by=request.user)
    messages.success(request, _("What is done is kept."))
    return redirect("cases:clock", pk)


@require_POST
def press_one(request: SignedIn, pk: int) -> HttpResponse:
    """Urge whoever handles a case within sight: for who assigns cases."""
    case = case_to_read(request.user, pk)
    require(request.user, ASSIGN)
    form = PressForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Say it in a few words."), field="text")
    press(case, form.cleaned_data["text"], by=request.user)
    messages.success(request, _("They are urged."))
    return redirect("cases:case", pk)


@require_GET
def overdue(request: SignedIn) -> HttpResponse:
    """Cases that are late now, and how often limits ran over."""
    require(request.user, READ)
    form = OverdueFilters(request.GET)
    form.is_valid()
    rows = judged_clocks(request.user, form.length, form.cleaned_data.get("kind", ""))
    page = page_of(request, late_now(request.user), 10)
    context = {
        "form": form,
        "title": dict(OverdueFilters.BY)[form.what],
        "lines": overdue_lines(rows, form.what),
        "enough": TOO_FEW,
        "page": page,
        "rows": shown_cases(page),
        "may_press": request.user.can(ASSIGN),
    }
    template = "_table.html" if request.htmx else "overdue.html"
    return render(request, f"cases/escalation/{template}", context)
