"""Weak links (薄弱环节): the way of customers, where they are lost, and taking it up."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import panels_of
from lingzhi.reports import access
from lingzhi.reports.forms.weak_steps import WeakStepsForm
from lingzhi.reports.presenting import weak_steps as shown
from lingzhi.reports.presenting.lost import shown_left, shown_lost, title_of
from lingzhi.reports.queries.lost import lost_at, lost_with, telling_rules, why_left
from lingzhi.reports.queries.weak_steps import (
    OnTheWay,
    places,
    reasons,
    way,
    weak_steps_visible_to,
)
from lingzhi.reports.services.weak_steps import take_up_step
from lingzhi_engine.pivot import TooManyCells

TAKEN = 10  # of those taken up of late


@require_GET
def weak_steps(request: SignedIn) -> HttpResponse:
    """The steps now and before; of one step where, why, and what lies behind it."""
    access.require(request.user, access.PIVOT)
    form = WeakStepsForm(request.GET, user=request.user)
    try:
        context = _shown(form)
    except TooManyCells:
        context = {}
    context |= {"form": form, "query": request.GET.urlencode(), "step": form.step_asked}
    name = "_rows" if request.htmx else "list"
    return render(request, f"reports/weak_steps/{name}.html", context)


@require_GET
def export(request: SignedIn) -> HttpResponse:
    """Steps, places and reasons as a table."""
    access.require(request.user, access.PIVOT)
    form = WeakStepsForm(request.GET, user=request.user)
    try:
        context = _shown(form)
    except TooManyCells:
        messages.error(request, _("These are more cells than anybody reads: narrow the question."))
        return redirect(f"{reverse('reports:weak_steps')}?{request.GET.urlencode()}")
    lines = [*context["way"], *context.get("places", []), *context.get("reasons", [])]
    header = [
        _("What"), _("Entered"), _("Got through"), _("Lost here"), _("Share"), _("Held against"),
        _("Verdict"),
    ]  # fmt: skip
    rows = [
        [one.name, one.compared.now.entered, one.compared.now.went_on, one.compared.now.lost,
         one.rate, one.other, str(one.state)]
        for one in lines
    ]  # fmt: skip
    name = f"weak-links-{today().isoformat()}"
    return table_answer(name, request.GET.get("form", ""), header, rows)


@require_GET
def lost_at_step(request: SignedIn) -> HttpResponse:
    """Exactly what a figure counts as lost; what this person may not open has no words."""
    access.require(request.user, access.PIVOT)
    form = WeakStepsForm(request.GET, user=request.user)
    step = form.step_asked
    try:
        place, rule = form.place_asked, form.rule_asked
    except ValueError as wrong:
        raise Http404 from wrong
    if step is None:
        raise Http404
    asked = form.asked
    lost = lost_at(asked, step, place) if rule is None else lost_with(asked, step, rule)
    page = page_of(request, lost.keys)
    context = {
        "page": page, "rows": shown_lost(lost, list(page.object_list), request.user), "step": step,
        "asked": asked, "narrowed": title_of(step, place, rule), "number": len(lost.keys),
        "back": urlencode({**shown.given_of(asked), "step": step.code}),
    }  # fmt: skip
    return render(request, "reports/weak_steps/lost.html", context)


@require_POST
def take_up(request: SignedIn) -> HttpResponse:
    """Keeps a weak link as it is now and leads to its page, where it is put right."""
    for capability in (access.PIVOT, access.MAKE):
        access.require(request.user, capability)
    form = WeakStepsForm(request.GET, user=request.user)
    step, unit = form.step_asked, form.unit_of
    found = next((one for one in way(form.asked) if one.step == step), None)
    if step is None or unit is None or found is None:
        messages.error(request, _("Choose a step first."))
        return redirect("reports:weak_steps")
    wanted = request.POST.get("place", "")
    rows = places(form.asked, step) if wanted else []
    place = next((one for one in rows if one.key == wanted), None)
    words = request.POST.get("words", "")
    try:
        row = take_up_step(
            step, form.asked, unit, found.compared, place, words=words, by=request.user
        )
    except BadInput as wrong:
        messages.error(request, str(wrong.sentence))
        return redirect(f"{reverse('reports:weak_steps')}?{request.GET.urlencode()}")
    return redirect("reports:weak_step", row.pk)


@require_GET
def weak_step(request: SignedIn, pk: int) -> HttpResponse:
    """One that was taken up, with its figures of that day and what is put right about it."""
    row = access.weak_step_to_read(request.user, pk)
    given = f"period=&from_on={row.first}&to_on={row.last}&unit={row.unit_id}"
    context = {
        "row": row, "line": shown.taken_line(row),
        "now_url": f"{reverse('reports:weak_steps')}?step={row.step}&unit={row.unit_id}",
        "then_url": f"{reverse('reports:weak_steps')}?step={row.step}&{given}",
        "panels": panels_of("reports.weak_step", request.user, row),
    }  # fmt: skip
    return render(request, "reports/weak_steps/step.html", context)


def _shown(form: WeakStepsForm) -> dict[str, Any]:
    asked, step = form.asked, form.step_asked
    found: list[OnTheWay] = way(asked)
    context: dict[str, Any] = {
        "way": shown.shown_way(asked, found, form.data), "asked": asked, "before": asked.before,
        "has_facts": any(one.compared.now.entered for one in found),
        "taken": [(row, shown.taken_line(row)) for row in
                  weak_steps_visible_to(form.user)[:TAKEN]],
        "may_take": form.user.can(access.MAKE),
    }  # fmt: skip
    if step is not None:
        lost, telling = lost_at(asked, step), telling_rules(asked, step)
        context |= {
            "left": shown_left(why_left(asked, step, lost), len(lost.keys)),
            "telling": shown.shown_telling(asked, step, telling or []),
            "is_too_much": telling is None,
            "places": shown.shown_places(asked, step, places(asked, step)),
            "reasons": shown.shown_reasons(asked, reasons(asked)),
            "behind": shown.contacts_behind(asked) if step.facts == "contacts" else "",
        }  # fmt: skip
    return context
