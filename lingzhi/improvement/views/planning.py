"""Causes, measures, the indicator of the effect, approval."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.improvement.access.rectifications import (
    cause_to_remove,
    measure_to_change_by,
    measure_to_remove,
    measure_to_report,
    rectification_to_work,
)
from lingzhi.improvement.forms.planning import (
    CauseForm,
    ChangeForm,
    EffectForm,
    MeasureForm,
    ResultForm,
)
from lingzhi.improvement.models import Cause, Countermeasure, Effect, Rectification
from lingzhi.improvement.queries.rectifications import found_of
from lingzhi.improvement.services import approving, planning
from lingzhi.improvement.views.common import act_page


@require_http_methods(["GET", "POST"])
def add_cause(request: SignedIn, pk: int) -> HttpResponse:
    row = rectification_to_work(request.user, pk)
    form = CauseForm(request.POST or None, instance=Cause(rectification=row))
    last = row.causes.last()
    note = _("Why is that: “%(words)s”?") % {"words": last.words} if last else ""
    return act_page(
        request, row, form, lambda: planning.write_cause(form.instance, by=request.user),
        title=_("Cause"), done=_("Saved."), note=note,
    )  # fmt: skip


@require_POST
def remove_cause(request: SignedIn, pk: int) -> HttpResponse:
    cause = cause_to_remove(request.user, pk)
    planning.take_cause_away(cause, by=request.user)
    return redirect("improvement:rectification", cause.rectification.pk)


@require_http_methods(["GET", "POST"])
def add_measure(request: SignedIn, pk: int) -> HttpResponse:
    row = rectification_to_work(request.user, pk)
    first = Countermeasure(rectification=row, due_on=row.due_on)
    form = MeasureForm(
        request.POST or None, instance=first, row=row,
        initial={"kind": request.GET.get("kind", ""), "due_on": row.due_on, "owner": row.owner_id},
    )  # fmt: skip
    return act_page(
        request, row, form, lambda: planning.write_measure(form.instance, by=request.user),
        title=_("Measure"), done=_("Saved."),
    )  # fmt: skip


@require_POST
def remove_measure(request: SignedIn, pk: int) -> HttpResponse:
    measure = measure_to_remove(request.user, pk)
    planning.take_measure_away(measure, by=request.user)
    return redirect("improvement:rectification", measure.rectification.pk)


@require_http_methods(["GET", "POST"])
def measure_done(request: SignedIn, pk: int) -> HttpResponse:
    measure = measure_to_report(request.user, pk)
    form = ResultForm(request.POST or None, measure=measure)
    return act_page(
        request, measure.rectification, form,
        lambda: planning.report_measure(measure, **form.cleaned_data, by=request.user),
        title=_("Measure carried out"), done=_("Reported."), note=measure.words,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def begin_change(request: SignedIn, pk: int) -> HttpResponse:
    """Choose what is changed; its next version is begun there, and the measure leads to it."""
    measure = measure_to_change_by(request.user, pk)
    form = ChangeForm(request.POST or None, measure=measure, user=request.user)
    return act_page(
        request, measure.rectification, form,
        lambda: planning.begin_change(measure, form.cleaned_data["key"], by=request.user),
        title=_("Begin the change"), note=measure.words,
        done=_("The next version is begun: the measure leads to it."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def set_effect(request: SignedIn, pk: int) -> HttpResponse:
    """By which indicator it will be judged; that of its source is proposed."""
    row = rectification_to_work(request.user, pk)
    old = Effect.objects.filter(rectification=row).first()
    form = EffectForm(
        request.POST or None, instance=old or Effect(rectification=row), row=row,
        user=request.user, initial={} if old else {"definition": _proposed(request, row)},
    )  # fmt: skip

    def act() -> None:
        if form.cleaned_data["definition"]:
            planning.plan_effect(form.instance, by=request.user)
        else:
            planning.judge_by_hand(row, by=request.user)

    return act_page(
        request, row, form, act, title=_("How the effect is judged"), done=_("Saved."),
        note=_("The same indicator of the same unit, before and after. Fixed before approval."),
    )  # fmt: skip


def _proposed(request: SignedIn, row: Rectification) -> int | None:
    found = found_of(request.user, row.sources.all())
    return next((one.definition_id for one in found.values() if one.definition_id), None)


@require_POST
def ask_approval(request: SignedIn, pk: int) -> HttpResponse:
    """The plan goes to its approvers; what lacks is said on its page."""
    row = rectification_to_work(request.user, pk)
    try:
        approving.request_approval(row, by=request.user)
    except BadInput as lacking:
        messages.error(request, str(lacking.sentence))
    else:
        messages.success(request, _("Waiting for approval."))
    return redirect("improvement:rectification", pk)


@require_POST
def take_plan_back(request: SignedIn, pk: int) -> HttpResponse:
    approving.take_back(rectification_to_work(request.user, pk), by=request.user)
    return redirect("improvement:rectification", pk)
