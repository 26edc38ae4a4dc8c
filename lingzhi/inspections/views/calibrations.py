"""Calibrations: their list, one session, its life."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.calibrations import (
    acts_on_calibration,
    calibration_to_hold,
    calibration_to_read,
)
from lingzhi.inspections.forms.calibrations import (
    CalibrationFilters,
    CalibrationForm,
    GuidanceForm,
    RoundForm,
)
from lingzhi.inspections.models import Calibration, CalibrationScore
from lingzhi.inspections.presenting.calibration_table import header, rows
from lingzhi.inspections.presenting.calibrations import score_lines
from lingzhi.inspections.queries.agreement import agreement_of
from lingzhi.inspections.queries.calibrations import calibrations_visible_to, progress_of
from lingzhi.inspections.services import calibrating, concluding
from lingzhi_engine.stats import TOO_FEW


@require_GET
def calibrations(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.SCORE)
    form = CalibrationFilters(request.GET)
    form.is_valid()
    found = calibrations_visible_to(request.user)
    if state := form.cleaned_data.get("state"):
        found = found.filter(state=state)
    context = {
        "page": page_of(request, found),
        "form": form,
        "may_create": request.user.can(access.CALIBRATE),
    }
    name = "_rows" if request.htmx else "list"
    return render(request, f"inspections/calibrations/{name}.html", context)


@require_http_methods(["GET", "POST"])
def new_calibration(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.CALIBRATE)
    form = CalibrationForm(request.POST or None, user=request.user)
    form.initial["numbers"] = request.GET.get("numbers", "")
    if request.method == "POST" and form.is_valid():
        try:
            made = calibrating.create_calibration(form.setting(), form.choice(), by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field or None, str(wrong.sentence))
        else:
            return redirect("inspections:calibration", made.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def edit_calibration(request: SignedIn, pk: int) -> HttpResponse:
    found = calibration_to_hold(request.user, pk)
    form = CalibrationForm(request.POST or None, user=request.user, known=found)
    if request.method == "POST" and form.is_valid():
        try:
            calibrating.change_calibration(found, form.setting(), form.choice(), by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field or None, str(wrong.sentence))
        else:
            return redirect("inspections:calibration", pk)
    return _form(request, form, found)


def _form(request: SignedIn, form: CalibrationForm, known: Calibration | None) -> HttpResponse:
    context = {"form": form, "calibration": known}
    status = 422 if form.errors else 200
    return render(request, "inspections/calibrations/form.html", context, status=status)


@require_GET
def calibration(request: SignedIn, pk: int) -> HttpResponse:
    """The session: people, conversations, and once it is open, how far everybody agrees."""
    found = calibration_to_read(request.user, pk)
    context = page_of_calibration(found, request.GET.get("round", ""))
    sheet = context["sheet"]
    context |= {
        "may": acts_on_calibration(request.user, found),
        "given": _given_by(request, context),
        "guidance_form": GuidanceForm(None, sheet=sheet),
        "round_form": RoundForm(),
    }
    return render(request, "inspections/calibrations/calibration.html", context)


def page_of_calibration(found: Calibration, wanted: str) -> dict[str, Any]:
    """What the page, the print and the table show of a session; `wanted` names a round."""
    number = int(wanted) if wanted.isdecimal() and 0 < int(wanted) < found.round else found.round
    talks = list(found.talks.select_related("contact__agent", "contact__unit"))
    progress = progress_of(found, number)
    people = [one.calibrator for one in progress]
    is_open = found.is_opened or number < found.round
    sheet = found.version.read()
    titles = {item.code: item.title for item in sheet.items}
    return {
        "calibration": found,
        "number": number,
        "rounds": range(1, found.round + 1),
        "sheet": sheet,
        "progress": progress,
        "people": people,
        "talks": talks,
        "is_open": is_open,
        "agreement": agreement_of(found, number) if is_open else None,
        "lines": score_lines(found, talks, people, number) if is_open else [],
        "decisions": [
            {"made": made, "title": titles.get(made.item, made.item)}
            for made in found.decisions.select_related("decided_by", "version")
        ],
        "enough": TOO_FEW,
    }


def _given_by(request: SignedIn, context: dict[str, Any]) -> set[int]:
    """The conversations that the reader has scored in the present round."""
    found = context["calibration"]
    own = CalibrationScore.objects.filter(
        calibrator__person=request.user, talk__calibration=found, round=found.round
    )
    return set(own.exclude(submitted_at=None).values_list("talk", flat=True))


@require_POST
def discard_calibration(request: SignedIn, pk: int) -> HttpResponse:
    calibrating.discard_calibration(calibration_to_hold(request.user, pk), by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("inspections:calibrations")


@require_POST
def invite_calibrators(request: SignedIn, pk: int) -> HttpResponse:
    calibrating.invite(calibration_to_hold(request.user, pk), by=request.user)
    messages.success(request, _("Everybody is invited and told until when to score."))
    return redirect("inspections:calibration", pk)


@require_POST
def open_discussion(request: SignedIn, pk: int) -> HttpResponse:
    concluding.open_discussion(calibration_to_hold(request.user, pk), by=request.user)
    messages.success(request, _("The answers are open to everybody in the calibration."))
    return redirect("inspections:calibration", pk)


@require_POST
def begin_next_round(request: SignedIn, pk: int) -> HttpResponse:
    found = calibration_to_hold(request.user, pk)
    form = RoundForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Say until when to score."), field="due_on")
    concluding.begin_next_round(found, due_on=form.cleaned_data["due_on"], by=request.user)
    messages.success(request, _("Another round has begun; everybody is told."))
    return redirect("inspections:calibration", pk)


@require_POST
def write_minutes(request: SignedIn, pk: int) -> HttpResponse:
    found = calibration_to_hold(request.user, pk)
    concluding.write_minutes(found, request.POST.get("minutes", ""), by=request.user)
    messages.success(request, _("The minutes are kept."))
    return redirect("inspections:calibration", pk)


@require_POST
def decide_guidance(request: SignedIn, pk: int) -> HttpResponse:
    found = calibration_to_hold(request.user, pk)
    item, guidance = request.POST.get("item", ""), request.POST.get("guidance", "")
    concluding.decide_guidance(found, item, guidance, by=request.user)
    messages.success(request, _("The guidance stands in the draft of the score sheet."))
    return redirect("inspections:calibration", pk)


@require_POST
def settle_calibration(request: SignedIn, pk: int) -> HttpResponse:
    concluding.settle_calibration(calibration_to_hold(request.user, pk), by=request.user)
    return redirect("inspections:calibration", pk)


@require_POST
def close_calibration(request: SignedIn, pk: int) -> HttpResponse:
    concluding.close_calibration(calibration_to_hold(request.user, pk), by=request.user)
    messages.success(request, _("The calibration is closed; its minutes are open to all in it."))
    return redirect("inspections:calibration", pk)


@require_GET
def print_calibration(request: SignedIn, pk: int) -> HttpResponse:
    """Minutes, agreed answers, decisions and figures as PDF, once answers are open."""
    found = _opened(request, pk)
    context = page_of_calibration(found, request.GET.get("round", ""))
    template, name = "inspections/calibrations/print.html", f"calibration-{pk}"
    return pdf_answer(request, template, context, name)


@require_GET
def calibration_table(request: SignedIn, pk: int) -> HttpResponse:
    """Every figure and every answer of a round as XLSX or CSV, once answers are open."""
    found = _opened(request, pk)
    context = page_of_calibration(found, request.GET.get("round", ""))
    lines = rows(found, context["number"], context["agreement"])
    form = request.GET.get("form", "xlsx")
    answer: HttpResponse = table_answer(f"calibration-{pk}", form, header(), lines)
    return answer


def _opened(request: SignedIn, pk: int) -> Calibration:
    found = calibration_to_read(request.user, pk)
    if not found.is_opened:
        raise concluding.NotBeingDiscussed()
    return found
