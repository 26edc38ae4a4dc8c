"""One conversation of a calibration: scored, compared, discussed, agreed on."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.presenting import shown_turns
from lingzhi.inspections.access.calibrations import (
    acts_on_calibration,
    talk_to_hold,
    talk_to_read,
    talk_to_score,
)
from lingzhi.inspections.forms.reviews import sent_answers
from lingzhi.inspections.models import Calibration, CalibrationScore, CalibrationTalk
from lingzhi.inspections.presenting.calibrations import (
    compared,
    marks_of_pins,
    shown_agreed,
    shown_score,
)
from lingzhi.inspections.queries.calibrations import scores_shown_to
from lingzhi.inspections.services import calibrating, calibration_scoring, concluding
from lingzhi.inspections.services.reviewing import NotComplete


@require_GET
def calibration_talk(request: SignedIn, pk: int) -> HttpResponse:
    """The workbench for who has still to score, else what may be seen of everybody's answers."""
    talk = talk_to_read(request.user, pk)
    may = acts_on_calibration(request.user, talk.calibration)
    if may.score:
        mine = calibration_scoring.open_calibration_score(talk, by=request.user)
        if mine.submitted_at is None:
            return _workbench(request, mine)
    return _compared(request, talk)


def _workbench(request: SignedIn, mine: CalibrationScore, problem: str = "") -> HttpResponse:
    talk = mine.talk
    sheet = talk.calibration.version.read()
    context = {
        "calibration": talk.calibration,
        "talk": talk,
        "contact": talk.contact,
        "mine": mine,
        "shown": shown_score(mine, sheet),
        "problem": problem,
    }
    if request.htmx:
        return render(request, "inspections/calibrations/_sheet.html", context)
    context["turns"] = shown_turns(talk.contact, marks_of_pins(talk.contact, [mine]))
    return render(request, "inspections/calibrations/workbench.html", context)


def _compared(
    request: SignedIn, talk: CalibrationTalk, sent: dict[str, Any] | None = None, problem: str = ""
) -> HttpResponse:
    calibration = talk.calibration
    wanted = request.GET.get("round", "")
    number = int(wanted) if wanted.isdecimal() and 0 < int(wanted) < calibration.round else None
    scores = list(scores_shown_to(request.user, talk, number))
    sheet = calibration.version.read()
    may = acts_on_calibration(request.user, calibration)
    context = {
        "calibration": calibration,
        "talk": talk,
        "contact": talk.contact,
        "compared": compared(sheet, talk, scores),
        "may": may,
        "may_comment": calibration.state == Calibration.State.DISCUSSING,
        "number": number or calibration.round,
        "rounds": range(1, calibration.round + 1),
        "problem": problem,
    }
    if may.agree:
        context["shown"] = shown_agreed(sheet, talk, scores, sent)
    if request.htmx:
        return render(request, "inspections/calibrations/_sheet.html", context)
    context["turns"] = shown_turns(talk.contact, marks_of_pins(talk.contact, scores))
    context["siblings"] = list(calibration.talks.select_related("contact"))
    return render(request, "inspections/calibrations/compared.html", context)


@require_POST
def score_calibration(request: SignedIn, pk: int) -> HttpResponse:
    """Save the draft; with `submit`, give the score. To htmx the sheet as it stands now."""
    talk = talk_to_score(request.user, pk)
    mine = calibration_scoring.open_calibration_score(talk, by=request.user)
    mine.talk = talk
    problem = ""
    try:
        problem = _save(request, mine)
        if "submit" in request.POST and not problem:
            calibration_scoring.submit_calibration_score(mine, by=request.user)
            messages.success(request, _("Your score is given."))
            return _next(talk, mine)
    except NotComplete as missing:
        problem = str(missing.message)
    mine.talk = talk
    if request.htmx or problem:
        return _workbench(request, mine, problem)
    return redirect("inspections:calibration_talk", pk)


def _save(request: SignedIn, mine: CalibrationScore) -> str:
    """Keep what fits; what does not, in words."""
    sent = sent_answers(mine.talk.calibration.version.read(), request.POST)
    seen = request.POST.get("revision", "")
    calibration_scoring.save_calibration_score(
        mine, sent.answers, sent.pins, seen=int(seen) if seen.isdecimal() else -1,
        summary=request.POST.get("summary", ""),
    )  # fmt: skip
    return "\n".join(sent.problems)


def _next(talk: CalibrationTalk, mine: CalibrationScore) -> HttpResponse:
    """On to the next conversation that is left to this person, else back to the session."""
    given = mine.calibrator.scores.filter(round=mine.round).exclude(submitted_at=None)
    return _to_first(talk.calibration, talk.calibration.talks.exclude(pk__in=given.values("talk")))


def _to_first(calibration: Calibration, left: QuerySet[CalibrationTalk]) -> HttpResponse:
    talk = left.first()
    if talk is not None:
        return redirect("inspections:calibration_talk", talk.pk)
    return redirect("inspections:calibration", calibration.pk)


@require_POST
def agree_on(request: SignedIn, pk: int) -> HttpResponse:
    """Note the agreed answers with `agree`; without, to htmx, only what they would come to."""
    talk = talk_to_hold(request.user, pk)
    sent = sent_answers(talk.calibration.version.read(), request.POST)
    if "agree" not in request.POST or sent.problems:
        return _compared(request, talk, sent.answers, "\n".join(sent.problems))
    concluding.agree_on(talk, sent.answers, sent.pins, by=request.user)
    messages.success(request, _("These answers are noted as agreed."))
    return _to_first(talk.calibration, talk.calibration.talks.filter(agreed_at=None))


@require_POST
def comment_on(request: SignedIn, pk: int) -> HttpResponse:
    talk = talk_to_read(request.user, pk)
    item = request.POST.get("item", "")
    concluding.comment_on(talk, item, request.POST.get("text", ""), by=request.user)
    return redirect(f"{reverse('inspections:calibration_talk', args=[pk])}#item-{item}")


@require_POST
def leave_out(request: SignedIn, pk: int) -> HttpResponse:
    talk = talk_to_hold(request.user, pk)
    calibrating.leave_out(talk, by=request.user)
    return redirect("inspections:calibration", talk.calibration_id)
