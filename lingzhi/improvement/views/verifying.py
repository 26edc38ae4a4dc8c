"""Carried out, effect judged and signed, closed, reopened."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.improvement.access.rectifications import (
    rectification_to_supervise,
    rectification_to_work,
)
from lingzhi.improvement.forms.planning import CarryForm, DoneForm, VerdictForm
from lingzhi.improvement.forms.plans import RewardForm
from lingzhi.improvement.forms.rectifications import WordsForm
from lingzhi.improvement.models import Reward
from lingzhi.improvement.presenting.effects import shown_effect
from lingzhi.improvement.queries.effects import judged
from lingzhi.improvement.services import carrying, verifying
from lingzhi.improvement.services.plans import reward
from lingzhi.improvement.views.common import act_page

A_MONTH = timedelta(days=30)


@require_http_methods(["GET", "POST"])
def done(request: SignedIn, pk: int) -> HttpResponse:
    row = rectification_to_work(request.user, pk)
    form = DoneForm(request.POST or None, initial={"since": today()})
    return act_page(
        request, row, form,
        lambda: verifying.report_done(row, since=form.cleaned_data["since"], by=request.user),
        title=_("All measures carried out"), done=_("The effect is judged now."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def sign(request: SignedIn, pk: int) -> HttpResponse:
    row = rectification_to_supervise(request.user, pk)
    form = VerdictForm(request.POST or None)
    shown = shown_effect(row, judged(row))
    note = " · ".join(one for one in (shown.verdict, shown.change, shown.interval) if one)
    return act_page(
        request, row, form, lambda: verifying.verify(row, **form.cleaned_data, by=request.user),
        title=_("Confirm whether it worked"), done=_("Signed."), button=_("Sign"),
        note=_("Counted: %(what)s") % {"what": note},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def close_it(request: SignedIn, pk: int) -> HttpResponse:
    row = rectification_to_supervise(request.user, pk)
    form = WordsForm(
        request.POST or None, label=_("What was made lasting"),
        help_text=_("Rules, phrase lists, training or systems that were changed for good."),
    )  # fmt: skip
    return act_page(
        request, row, form,
        lambda: verifying.close(row, form.cleaned_data["words"], by=request.user),
        title=_("Close"), done=_("Closed; it is watched from now on."), button=_("Close"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def reopen_it(request: SignedIn, pk: int) -> HttpResponse:
    row = rectification_to_supervise(request.user, pk)
    form = WordsForm(request.POST or None, label=_("What happened again"))
    return act_page(
        request, row, form,
        lambda: verifying.reopen(row, form.cleaned_data["words"], by=request.user),
        title=_("Reopen"), done=_("Reopened."), button=_("Reopen"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def carry(request: SignedIn, pk: int) -> HttpResponse:
    """What worked becomes a record in other units, too."""
    row = rectification_to_supervise(request.user, pk)
    form = CarryForm(request.POST or None, row=row, initial={"due_on": today() + A_MONTH})
    return act_page(
        request, row, form, lambda: carrying.carry_over(row, **form.cleaned_data, by=request.user),
        title=_("Carry it over to other units"), done=_("Their heads have it now."),
        button=_("Carry it over"),
        note=_("Each gets a record of its own with the same measures; causes are looked at anew."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def reward_proposer(request: SignedIn, pk: int) -> HttpResponse:
    """Who proposed it, staff or customer, is thanked."""
    row = rectification_to_supervise(request.user, pk)
    form = RewardForm(request.POST or None, instance=Reward(rectification=row))
    return act_page(
        request, row, form, lambda: reward(form.instance, by=request.user),
        title=_("Reward who proposed it"), done=_("Saved."), button=_("Reward"),
    )  # fmt: skip
