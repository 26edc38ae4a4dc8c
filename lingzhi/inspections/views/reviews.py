"""Scores given by people: their list, the workbench, one score, its life."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.models import User
from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.presenting import shown_turns
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access, services
from lingzhi.inspections.access.coaching import coachings_shown
from lingzhi.inspections.access.library import may_propose
from lingzhi.inspections.forms.coaching import CoachingForm
from lingzhi.inspections.forms.reviews import ListFilters, OpenForm, sent_answers
from lingzhi.inspections.models import Review, Task
from lingzhi.inspections.presenting.appeals import appealing
from lingzhi.inspections.presenting.findings import shown_judgement
from lingzhi.inspections.presenting.reviews import marks_of, shown_review
from lingzhi.inspections.presenting.workbench import beside_of, differences
from lingzhi.inspections.queries import latest_inspection
from lingzhi.inspections.queries.coaching import leads
from lingzhi.inspections.queries.items import about_matter, counts_by_matter, matters
from lingzhi.inspections.queries.rechecks import releasable, to_recheck
from lingzhi.inspections.queries.reviews import reviews_visible_to
from lingzhi.inspections.queries.tasks import counts_of, tasks_of
from lingzhi.inspections.services import timing
from lingzhi.inspections.services.coaching import note_leader_saw
from lingzhi.inspections.services.doing import begin_task

State = Review.State
QUEUES = {"recheck": to_recheck, "releasable": releasable}


@require_GET
def reviews(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = ListFilters(request.GET, matters=(known := matters()))
    form.is_valid()
    asked = dict(form.cleaned_data)
    matter = asked.pop("matter", "")
    rows = _narrowed(reviews_visible_to(request.user), request.user, **asked)
    counts = counts_by_matter(rows) if known else {}
    context = {
        "page": page_of(request, about_matter(rows, matter) if matter else rows),
        "matters": [(words, counts[code]) for code, words in known.items() if code in counts],
        "form": form,
        "releasable": releasable(request.user).count(),
        "to_recheck": to_recheck(request.user).count(),
    }
    template = "inspections/reviews/_rows.html" if request.htmx else "inspections/reviews/list.html"
    return render(request, template, context)


def _narrowed(
    rows: QuerySet[Review], me: User, *, state: str = "", text: str = ""
) -> QuerySet[Review]:
    if state == "veto":
        rows = rows.filter(state=State.SCORED, is_vetoed=True, veto_decided_at=None, counts=True)
    elif state == "draft":
        rows = rows.filter(state=State.DRAFT, inspector=me)
    elif state in QUEUES:
        rows = rows.filter(pk__in=QUEUES[state](me).values("pk"))
    elif state:
        rows = rows.filter(state=state)
    if text:
        fits = Q(contact__external_id__icontains=text)
        for person in ("agent", "inspector"):
            fits |= Q(**{f"{person}__name__icontains": text}) | Q(**{f"{person}__staff_no": text})
        rows = rows.filter(fits)
    return rows


@require_http_methods(["GET", "POST"])
def open_review(request: SignedIn, contact: int) -> HttpResponse:
    """Choose the sheet; the draft that is there already is gone on with."""
    found = access.contact_to_score(request.user, contact)
    mine = found.reviews.filter(inspector=request.user).first()
    if mine is not None:
        return redirect("inspections:review", mine.pk)
    task = tasks_of(request.user).filter(contact=found, state=Task.State.OPEN).first()
    if task is not None and request.method == "POST":
        return redirect("inspections:review", begin_task(task, by=request.user).pk)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen, reason = form.cleaned_data["sheet"], form.cleaned_data["reason"]
        review = services.open_review(found, chosen, reason=reason, by=request.user)
        return redirect("inspections:review", review.pk)
    context = {"contact": found, "form": form, "task": task}
    status = 422 if form.errors else 200
    return render(request, "inspections/reviews/open.html", context, status=status)


@require_GET
def review(request: SignedIn, pk: int) -> HttpResponse:
    """The workbench for who is scoring, else the score to read."""
    found = access.review_to_read(request.user, pk)
    if found.state == State.DRAFT:
        return _workbench(request, found)
    services.note_seen(found, by=request.user)
    if leads(request.user, found):
        note_leader_saw(found)
    context = {
        **_shown(request, found),
        "may": access.acts_on_review(request.user, found),
        "changes": found.changes.select_related("changed_by"),
        "tasks_left": _tasks_left(request.user, found),
        "coachings": coachings_shown(request.user, found),
        "coaching_form": CoachingForm(),
        "appealing": appealing(request.user, found),
        "may_propose": may_propose(request.user),
    }
    return render(request, "inspections/reviews/review.html", context)


def _tasks_left(user: User, found: Review) -> int:
    """How many tasks wait for who has just given this score."""
    return counts_of(user).open if found.inspector_id == user.pk and found.task_id else 0


def _shown(request: SignedIn, found: Review) -> dict[str, Any]:
    contact = found.contact
    return {
        "review": found,
        "contact": contact,
        "shown": shown_review(found),
        "turns": shown_turns(contact, marks_of(found, contact)),
    }


def _workbench(request: SignedIn, found: Review, problem: str = "") -> HttpResponse:
    inspection = latest_inspection(found.contact)
    judgement = shown_judgement(inspection, found.contact, request.user) if inspection else None
    context = {
        **_shown(request, found),
        **beside_of(request.user, found),
        "problem": problem,
        "judgement": judgement,
    }
    return render(request, "inspections/reviews/workbench.html", context)


@require_POST
def score(request: SignedIn, pk: int) -> HttpResponse:
    """Save the draft; with `submit`, give the score. To htmx the sheet as it stands now."""
    found = access.review_to_score(request.user, pk)
    _spend(request, found)
    problem = ""
    try:
        problem = _save(request, found)
        if "submit" in request.POST and not problem:
            services.submit_review(found, by=request.user)
            messages.success(request, _("The score is given."))
            return redirect("inspections:review", pk)
    except services.NotComplete as missing:
        problem = str(missing.message)
    except services.SavedElsewhere:
        return _difference(request, found)
    found.refresh_from_db()
    if not request.htmx:
        return (
            _workbench(request, found, problem) if problem else redirect("inspections:review", pk)
        )
    context = {"review": found, "shown": shown_review(found), "problem": problem}
    return render(request, "inspections/reviews/_sheet.html", context)


def _difference(request: SignedIn, found: Review) -> HttpResponse:
    """The draft was saved elsewhere: what was just sent stays on the page, beside what is kept."""
    found.refresh_from_db()
    sent = sent_answers(found.version.read(), request.POST)
    mine = shown_review(found, sent.answers, sent.pins)
    found.summary = request.POST.get("summary", "")
    context = {
        **_shown(request, found), "shown": mine, "problem": "\n".join(sent.problems),
        "differences": differences(shown_review(found), mine), **beside_of(request.user, found),
    }  # fmt: skip
    name = "_sheet.html" if request.htmx else "workbench.html"
    status = 200 if request.htmx else 409
    return render(request, f"inspections/reviews/{name}", context, status=status)


def _save(request: SignedIn, found: Review) -> str:
    """Keep what fits, with the proposal of the rules that was confirmed; the rest in words."""
    sent = sent_answers(found.version.read(), request.POST)
    confirmed = request.POST.get("confirm", "")
    if confirmed in found.proposed:
        sent.answers[confirmed] = sent.answers.get(confirmed, {}) | found.proposed[confirmed]
    seen = request.POST.get("revision", "")
    services.save_review(
        found, sent.answers, sent.pins, seen=int(seen) if seen.isdecimal() else -1,
        summary=request.POST.get("summary", ""), by=request.user,
    )  # fmt: skip
    return "\n".join(sent.problems)


@require_POST
def add_seconds(request: SignedIn, pk: int) -> HttpResponse:
    """The page tells how many seconds it was in sight and in use since it last told."""
    _spend(request, access.review_to_score(request.user, pk))
    return HttpResponse(status=204)


def _spend(request: SignedIn, found: Review) -> None:
    seconds = request.POST.get("seconds", "")
    if seconds.isdecimal():
        timing.add_seconds(found, int(seconds[:6]), by=request.user)


@require_POST
def decide_veto(request: SignedIn, pk: int) -> HttpResponse:
    """The second person agrees (`agree`) or refuses with a reason."""
    found = access.review_to_recheck(request.user, pk)
    services.decide_veto(
        found, is_agreed="agree" in request.POST, reason=request.POST.get("reason", ""),
        by=request.user,
    )  # fmt: skip
    messages.success(request, _("The veto is decided."))
    return redirect("inspections:review", pk)


@require_POST
def release(request: SignedIn, pk: int) -> HttpResponse:
    found = access.review_to_recheck(request.user, pk)
    services.release_review(found, by=request.user)
    messages.success(request, _("The score is released; the agent and the team leader are told."))
    return redirect("inspections:review", pk)


@require_POST
def acknowledge(request: SignedIn, pk: int) -> HttpResponse:
    found = access.review_of_own(request.user, pk)
    services.acknowledge_review(found, by=request.user)
    messages.success(request, _("Thank you. You have read it; that is not the same as agreeing."))
    return redirect("inspections:review", pk)
