"""Opinions that supervisors ask customers for, by outlet and person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.queries.triggers import months_after
from lingzhi.core.clock import midnight, today
from lingzhi.core.pagination import page_of
from lingzhi.org.queries import units_visible_to
from lingzhi.surveys.access.common import MANAGE, READ, require
from lingzhi.surveys.forms.opinions import MonthFilter, OpinionForm, QuotaForm
from lingzhi.surveys.queries.opinions import (
    SOLICIT,
    counted_outlets,
    counted_people,
    opinions_visible_to,
)
from lingzhi.surveys.services.opinions import keep_opinion, set_quota
from lingzhi.surveys.views.common import form_page, sent_well


@require_GET
def opinions(request: SignedIn) -> HttpResponse:
    """A month: how many each outlet and supervisor asked for, and what was said."""
    require(request.user, READ)
    form = MonthFilter(request.GET)
    month = form.chosen
    rows = opinions_visible_to(request.user).filter(
        asked_at__gte=midnight(month), asked_at__lt=midnight(months_after(month, 1))
    )
    context = {
        "form": form, "page": page_of(request, rows), "is_over": months_after(month, 1) <= today(),
        "outlets": counted_outlets(request.user, month),
        "people": counted_people(request.user, month),
        "may_add": request.user.can(SOLICIT), "may_set": request.user.can(MANAGE),
    }  # fmt: skip
    return render(request, "surveys/opinions/list.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, SOLICIT)
    if not units_visible_to(request.user, SOLICIT).exists():
        raise PermissionDenied
    form = OpinionForm(request.POST or None, user=request.user)

    def keep() -> None:
        found = keep_opinion(form.cleaned_data["unit"], form.heard, by=request.user)
        told = _("Kept; case %(number)s was opened.") if found.case else _("Kept.")
        messages.success(request, told % {"number": found.case.number if found.case else ""})

    if sent_well(request, form, keep):
        return redirect("surveys:add_opinion" if "again" in request.POST else "surveys:opinions")
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(request, "surveys/opinions/add.html", context, status=status)


@require_http_methods(["GET", "POST"])
def quota(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    form = QuotaForm(request.POST or None, user=request.user)
    if sent_well(request, form, lambda: set_quota(**form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("surveys:opinions")
    back = reverse("surveys:opinions")
    note = _("It holds for the unit and all below it, until a unit further down has its own.")
    title = _("How many opinions a month")
    return form_page(request, form, title=title, back=back, back_title=_("Opinions"), note=note)
