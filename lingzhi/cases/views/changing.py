"""Correcting a case, and raising it to the next level."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import case_to_work
from lingzhi.cases.forms.changing import ChangeForm, RaiseForm
from lingzhi.cases.models import Case
from lingzhi.cases.models.types import Level
from lingzhi.cases.services.changing import change_case, raise_case
from lingzhi.core.sending import sent_well


def seen_in(request: SignedIn) -> int:
    """The revision of the case when the page was opened."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() else -1


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Subject, description, type, class, priority, level, unit, own fields."""
    case = case_to_work(request.user, pk)
    if "fields" in request.POST:  # another type was chosen: its own fields, before it is saved
        form = ChangeForm(case, request.user, given=request.POST.dict())
        template = "cases/fields/_own.html" if request.htmx else "cases/changing/change.html"
        return _page(request, template, case, form)
    form = ChangeForm(case, request.user, request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        change_case(case, form.change, reason=reason, seen=seen_in(request), by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("The case is changed."))
        return redirect("cases:case", pk)
    return _page(request, "cases/changing/change.html", case, form)


@require_http_methods(["GET", "POST"])
def raise_one(request: SignedIn, pk: int) -> HttpResponse:
    """To the next level."""
    case = case_to_work(request.user, pk)
    form = RaiseForm(request.POST or None)
    data = form.data
    seen = seen_in(request)

    def act() -> None:
        raise_case(case, data["cause"], reason=data["reason"], seen=seen, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("The case is raised."))
        return redirect("cases:case", pk)
    return _page(request, "cases/changing/raise.html", case, form)


def _page(request: SignedIn, template: str, case: Case, form: BaseForm) -> HttpResponse:
    above = Level(case.level + 1).label if case.level < max(Level) else ""
    context = {"case": case, "form": form, "next_level": above}
    return render(request, template, context, status=422 if form.errors else 200)
