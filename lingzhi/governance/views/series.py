"""Meetings that come back: planned, changed, ended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.governance.access import meetings as access
from lingzhi.governance.forms.meetings import SeriesForm, WordsForm
from lingzhi.governance.models import Series
from lingzhi.governance.queries.meetings import MEET, READ, series_visible_to
from lingzhi.governance.services.series import end_series, keep_series


@require_GET
def series_list(request: SignedIn) -> HttpResponse:
    """What is planned within reach, and what has ended."""
    access.require(request.user, READ)
    context = {
        "page": page_of(request, series_visible_to(request.user).order_by("ended_at", "pk")),
        "may_call": request.user.can(MEET),
    }
    return render(request, "governance/meetings/series_list.html", context)


@require_http_methods(["GET", "POST"])
def new_series(request: SignedIn) -> HttpResponse:
    access.require(request.user, MEET)
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit_series(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, access.series_to_keep(request.user, pk))


def _form(request: SignedIn, old: Series | None) -> HttpResponse:
    asked = request.GET.get("demand", "")
    initial = {"demands": [asked]} if asked and old is None else None
    form = SeriesForm(request.POST or None, instance=old, user=request.user, initial=initial)
    if sent_well(
        request, form, lambda: keep_series(form.instance, by=request.user, **form.members)
    ):
        messages.success(request, _("Saved. The next meeting is called when its time comes."))
        return redirect("governance:series")
    title = old.name if old else _("Plan meetings")
    status = 422 if form.errors else 200
    context = {"form": form, "title": title, "old": old}
    return render(request, "governance/meetings/series_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def stop_series(request: SignedIn, pk: int) -> HttpResponse:
    found = access.series_to_keep(request.user, pk)
    form = WordsForm(request.POST or None, label=_("Why there are no more"))
    if sent_well(
        request, form, lambda: end_series(found, form.cleaned_data["words"], by=request.user)
    ):
        messages.success(request, _("No more of these meetings are called."))
        return redirect("governance:series")
    status = 422 if form.errors else 200
    context = {"form": form, "title": _("End these meetings"), "old": found}
    return render(request, "governance/meetings/series_form.html", context, status=status)
