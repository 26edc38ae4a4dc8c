"""The adoption wizard: whom for, the figures, the conflicts, the start."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.rulebook import access, services
from lingzhi.rulebook.forms.adopting import AnswersForm, PilotForm, StartForm, UnitForm
from lingzhi.rulebook.forms.conflicts import AssumptionForm
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.packs import content_of
from lingzhi.rulebook.presenting.conflicts import shown_conflicts
from lingzhi.rulebook.presenting.figures import shown_figures
from lingzhi.rulebook.presenting.steps import steps_of
from lingzhi.rulebook.presenting.text import shown_chapters, shown_pack
from lingzhi.rulebook.queries import conflicts_of, gaps_of, questions_of


@require_http_methods(["GET", "POST"])
def adopt(request: SignedIn, code: str) -> HttpResponse:
    """The pack as it is offered, and the unit it shall hold for."""
    access.require(request.user, access.WRITE)
    pack = shown_pack(access.pack_to_adopt(request.user, code))
    form = UnitForm(request.POST or None, user=request.user)
    if form.is_valid():
        unit = access.unit_to_adopt_for(request.user, form.cleaned_data["unit"].pk)
        version = services.start_adoption(code, unit, by=request.user)
        return redirect("rulebook:figures", version.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "rulebook/adopt.html", {"pack": pack, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def figures(request: SignedIn, pk: int) -> HttpResponse:
    """Every figure that the pack leaves open or suggests."""
    version = access.version_to_change(request.user, pk)
    form = AnswersForm(request.POST or None, questions=questions_of(version))
    if form.is_valid() and _saved(version, form, request):
        step = "rulebook:conflicts" if request.POST.get("next") else "rulebook:figures"
        return redirect(step, pk)
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "shown": shown_figures(form, content_of(version.body)),
        "steps": steps_of(version, "figures"),
        "version": version,
    }
    return render(request, "rulebook/figures.html", context, status=status)


def _saved(version: Version, form: AnswersForm, request: SignedIn) -> bool:
    try:
        services.save_answers(version, form.answers(), by=request.user)
    except services.AnswerProblems as wrong:
        form.take_problems(wrong.problems)
        return False
    return True


@require_http_methods(["GET", "POST"])
def conflicts(request: SignedIn, pk: int) -> HttpResponse:
    """Where clauses contradict each other, and what is decided about it."""
    version = access.version_to_change(request.user, pk)
    assumption = AssumptionForm(request.POST or request.GET or None)
    problem = ""
    if request.method == "POST":
        problem = _decided(request, version, assumption.assumed)
        if not problem:
            return redirect("rulebook:conflicts", pk)
    shown = shown_conflicts(conflicts_of(version), assumption.assumed)
    context = {
        "conflicts": shown,
        "assumption": assumption if any(one.has_rings for one in shown) else None,
        "problem": problem,
        "problem_key": request.POST.get("key"),
        "steps": steps_of(version, "conflicts"),
        "version": version,
    }
    status = 422 if problem else 200
    return render(request, "rulebook/conflicts.html", context, status=status)


def _decided(request: SignedIn, version: Version, ring_seconds: float | None) -> str:
    """What the reason lacks; "" where the decision is made."""
    key, choice, reason = (request.POST.get(name, "") for name in ("key", "choice", "reason"))
    try:
        services.resolve_conflict(
            version, key, choice, reason=reason, ring_seconds=ring_seconds, by=request.user
        )
    except BadInput as found:
        if found.field != "reason":
            raise
        return str(found)
    return ""


@require_http_methods(["GET", "POST"])
def start(request: SignedIn, pk: int) -> HttpResponse:
    """The last step: from when, and what happens then."""
    version = access.version_to_change(request.user, pk)
    form = _start_form(request, version)
    pilot = PilotForm(request.POST or None, version=version, initial=_pilot_of(version))
    if form.is_valid() and pilot.is_valid():
        answer = _submitted(request, version, form, pilot.cleaned_data)
        if answer is not None:
            return answer
    context = {
        "form": form,
        "pilot": pilot,
        "version": version,
        "steps": steps_of(version, "start"),
        "gaps": gaps_of(version),
        "open_conflicts": [one for one in conflicts_of(version) if not one.is_decided],
        "chapters": shown_chapters(version),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "rulebook/start.html", context, status=status)


def _start_form(request: SignedIn, version: Version) -> StartForm:
    given: dict[str, Any] = {"interpreter": version.regulation.interpreter}
    if version.number > 1:
        given |= {"reason_kind": version.reason_kind, "reason": version.reason}
    earliest = services.earliest_day(version)
    return StartForm(request.POST or None, version=version, earliest=earliest, initial=given)


def _pilot_of(version: Version) -> dict[str, Any]:
    return {
        "units": version.pilot_units.all(),
        "channels": version.pilot_channels,
        "until": version.pilot_until,
    }


def _submitted(
    request: SignedIn, version: Version, form: StartForm, pilot: dict[str, Any]
) -> HttpResponse | None:
    """Where it leads; None where a field is wrong."""
    found = dict(form.cleaned_data)
    interpreter = found.pop("interpreter")
    try:
        if interpreter != version.regulation.interpreter:
            services.set_interpreter(version.regulation, interpreter, by=request.user)
        if pilot["until"] or version.is_pilot:
            services.set_pilot(version, by=request.user, **pilot)
        approval = services.submit_version(version, by=request.user, **found)
    except BadInput as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return None
    messages.success(request, _said(approval is not None, found["effective_on"]))
    return redirect("rulebook:regulation", version.regulation_id)


def _said(has_to_be_approved: bool, effective_on: Any) -> str:
    if has_to_be_approved:
        return _("Submitted: it waits for the signatures of its approval chain.")
    if effective_on > today():
        return _("Approved: it takes effect on %(day)s.") % {"day": effective_on}
    return _("In force since %(day)s.") % {"day": effective_on}


@require_POST
def discard(request: SignedIn, pk: int) -> HttpResponse:
    version = access.version_to_change(request.user, pk)
    services.discard_draft(version, by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("rulebook:list")


@require_POST
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    version = access.version_to_change(request.user, pk)
    services.take_back_version(version, by=request.user)
    return redirect("rulebook:start", pk)


@require_GET
def preview(request: SignedIn, pk: int) -> HttpResponse:
    """The text of a draft with the figures as they stand."""
    version = access.version_to_change(request.user, pk)
    context = {
        "chapters": shown_chapters(version),
        "steps": steps_of(version, "text"),
        "version": version,
    }
    return render(request, "rulebook/preview.html", context)
