"""The dictionary of causes: all of it, a line, and a line that is retired."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.complaint_settings import cause_to_change
from lingzhi.cases.access.complaints import require_setting
from lingzhi.cases.forms.complaint_settings import CauseForm, RetireForm
from lingzhi.cases.queries.causes import causes_with_use
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.services.causes import keep_cause, retire_cause
from lingzhi.core.sending import sent_well


@require_GET
def causes(request: SignedIn) -> HttpResponse:
    """By what complaints are sorted, and were."""
    require(request.user, READ)
    context = {"causes": causes_with_use(), "may_set": request.user.can(SET)}
    return render(request, "cases/settings/causes.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new cause, or one that is changed."""
    require_setting(request.user)
    cause = cause_to_change(request.user, pk) if pk else None
    form = CauseForm(cause, request.POST or None)
    title = str(cause) if cause else _("New cause")

    def act() -> None:
        keep_cause(form.said, reason=form.cleaned_data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("cases:causes")
    return _page(request, form, title, cause.pk if cause and not cause.retired_at else None)


@require_http_methods(["GET", "POST"])
def retire(request: SignedIn, pk: int) -> HttpResponse:
    cause = cause_to_change(request.user, pk)
    form = RetireForm(request.POST or None)

    def act() -> None:
        retire_cause(cause, reason=form.cleaned_data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("No complaint is sorted by it any more."))
        return redirect("cases:causes")
    return _page(request, form, _("Retire “%(name)s”") % {"name": cause})


def _page(request: SignedIn, form: BaseForm, title: str, pk: int | None = None) -> HttpResponse:
    context = {
        "form": form, "title": title, "retire": ("cases:retire_cause", pk), "back": "cases:causes",
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "cases/settings/line.html", context, status=status)
