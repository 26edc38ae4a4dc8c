"""One regulation: its text, its clauses, its versions and what differs between them."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.panels import Shown, panels_of
from lingzhi.org.queries import reach
from lingzhi.rulebook import access, services
from lingzhi.rulebook.forms.regulations import DecisionForm, ReasonForm, ReviewForm, ReviseForm
from lingzhi.rulebook.models import LawfulStep, Regulation, Version
from lingzhi.rulebook.packs import content_of
from lingzhi.rulebook.presenting.changes import shown_changes
from lingzhi.rulebook.presenting.lists import shown_slots, shown_state
from lingzhi.rulebook.presenting.standing import shown_standing
from lingzhi.rulebook.presenting.text import shown_chapters
from lingzhi.rulebook.queries import (
    clause_history,
    diff,
    latest_version,
    open_draft,
    open_pilots,
    review_due_on,
    steps_missing,
    unread_by,
    version_in_force,
    versions_visible_to,
)


@require_GET
def regulation(request: SignedIn, pk: int) -> HttpResponse:
    """What holds today; before the first version takes effect, what is coming."""
    found = access.regulation_to_read(request.user, pk)
    version = version_in_force(found) or _visible(request, found).first()
    if version is None:
        raise Http404
    return render(request, "rulebook/regulation.html", _page(request, found, version))


@require_GET
def version(request: SignedIn, pk: int) -> HttpResponse:
    found = access.version_to_read(request.user, pk)
    return render(request, "rulebook/regulation.html", _page(request, found.regulation, found))


def _visible(request: SignedIn, found: Regulation) -> QuerySet[Version]:
    """The versions this person may read: drafts are for who writes or signs them."""
    return versions_visible_to(request.user).filter(regulation=found).order_by("-number")


def _page(request: SignedIn, found: Regulation, version: Version) -> dict[str, object]:
    state = shown_state(version)
    return {
        "regulation": found,
        "version": version,
        "state": state[0],
        "tone": state[1],
        "chapters": shown_chapters(version),
        "standing": shown_standing(version),
        "versions": [(one, *shown_state(one)) for one in _visible(request, found)],
        "draft": open_draft(found),
        "pilots": _with_panels(request, open_pilots(found)),
        "review_due_on": review_due_on(found),
        "reviews": found.reviews.select_related("reviewed_by")[:5],
        "content": content_of(version.body),
        "unread": unread_by(version).count(),
        "may_change": reach(request.user, access.WRITE).covers(found.unit, None),
        "slots": shown_slots(found, version),
    }


def _with_panels(request: SignedIn, pilots: list[Version]) -> list[tuple[Version, list[Shown]]]:
    """Pilots with what upper apps show about each."""
    return [(one, panels_of("rulebook.pilot", request.user, one)) for one in pilots]


@require_GET
def clause(request: SignedIn, pk: int, number: str) -> HttpResponse:
    """One clause: its sentence, its controls, its history, and what upper apps show about it."""
    found = access.clause_to_read(request.user, pk, number)
    regulation = found.version.regulation
    shown = {
        one.number: one for chapter in shown_chapters(found.version) for one in chapter.clauses
    }
    if number not in shown:  # a heading
        raise Http404
    order = list(shown)
    at = order.index(number)
    context = {
        "clause": found,
        "shown": shown[number],
        "earlier": order[at - 1] if at else "",
        "later": order[at + 1] if at + 1 < len(order) else "",
        "regulation": regulation,
        "history": clause_history(regulation, number),
        "missing": [LawfulStep.Kind(kind).label for kind in steps_missing(regulation, number)],
        "steps": regulation.lawful_steps.filter(number=number),
        "panels": panels_of("rulebook.clause", request.user, found),
        "may_change": reach(request.user, access.WRITE).covers(regulation.unit, None),
    }
    return render(request, "rulebook/clause.html", context)


@require_GET
def changes(request: SignedIn, pk: int) -> HttpResponse:
    """What a version changes against another; against the one before, where none is named."""
    newer = access.version_to_read(request.user, pk)
    older = _older(request, newer)
    context = {
        "version": newer,
        "older": older,
        "regulation": newer.regulation,
        "others": _visible(request, newer.regulation).exclude(pk=newer.pk),
        "changes": shown_changes(diff(older, newer)) if older else [],
    }
    return render(request, "rulebook/changes.html", context)


def _older(request: SignedIn, newer: Version) -> Version | None:
    others = _visible(request, newer.regulation)
    wanted = request.GET.get("with", "")
    if wanted:
        number = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 0
        found = others.filter(number=number).first()
        if found is None:
            raise Http404
        return found
    return others.filter(number__lt=newer.number).first()


@require_http_methods(["GET", "POST"])
def revise(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a new version, with the reason for it."""
    found = access.regulation_to_change(request.user, pk)
    form = ReviseForm(request.POST or None)
    if form.is_valid():
        draft = services.revise(found, by=request.user, **form.cleaned_data)
        return redirect("rulebook:figures", draft.pk)
    status = 422 if request.method == "POST" else 200
    before = latest_version(found) or open_draft(found)
    context = {"regulation": found, "form": form, "before": before}
    return render(request, "rulebook/revise.html", context, status=status)


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    found = access.version_to_change(request.user, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Say why."), field="reason")
    services.withdraw_version(found, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Withdrawn. What was judged under it stays judged."))
    return redirect("rulebook:regulation", found.regulation_id)


@require_POST
def decide(request: SignedIn, pk: int) -> HttpResponse:
    """Extend a pilot to everybody, or give it up."""
    found = access.version_to_change(request.user, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Say what is decided, and why."), field=next(iter(form.errors)))
    draft = services.decide_pilot(found, by=request.user, **form.cleaned_data)
    if draft is not None:
        return redirect("rulebook:start", draft.pk)
    messages.success(request, _("The pilot ends today."))
    return redirect("rulebook:regulation", found.regulation_id)


@require_http_methods(["GET", "POST"])
def review(request: SignedIn, pk: int) -> HttpResponse:
    """Go through a regulation: what was kept, what was broken, whether it still fits."""
    found = access.regulation_to_change(request.user, pk)
    given = {"review_months": found.review_months}
    form = ReviewForm(request.POST or None, initial=given)
    if form.is_valid():
        asked = form.cleaned_data
        services.set_review_months(found, asked["review_months"], by=request.user)
        done = services.record_review(found, asked["outcome"], note=asked["note"], by=request.user)
        to_revise = done.outcome == done.Outcome.REVISE
        return redirect("rulebook:revise" if to_revise else "rulebook:regulation", pk)
    context = {"regulation": found, "form": form, "version": version_in_force(found)}
    status = 422 if request.method == "POST" else 200
    return render(request, "rulebook/review.html", context, status=status)
