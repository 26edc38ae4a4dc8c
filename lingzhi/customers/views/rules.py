"""What holds for customers as a whole: their classes, and how often they are asked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.customers.access.files import MANAGE, READ, require
from lingzhi.customers.forms.rules import CooldownForm, SegmentForm
from lingzhi.customers.models import Purpose, Segment
from lingzhi.customers.queries.outreach import cooldown
from lingzhi.customers.services.outreach import set_cooldown
from lingzhi.customers.services.segments import (
    keep_segment,
    retire_segment,
    take_usual_segments,
)


@require_GET
def segments(request: SignedIn) -> HttpResponse:
    """Classes and times of rest; whoever sees customers may read them."""
    require(request.user, READ)
    rests = []
    for purpose in Purpose:
        same, anything = cooldown(purpose)
        given = {"purpose": purpose, "same_days": same, "any_days": anything}
        rests.append((purpose.label, CooldownForm(initial=given, prefix=None), same, anything))
    context = {
        "segments": Segment.objects.order_by("retired_at", "-rank", "code"),
        "rests": rests,
        "may_manage": request.user.can(MANAGE),
    }
    return render(request, "customers/rules/segments.html", context)


@require_http_methods(["GET", "POST"])
def edit_segment(request: SignedIn, pk: int | None = None) -> HttpResponse:
    require(request.user, MANAGE)
    form = SegmentForm(request.POST or None, instance=_segment(pk) if pk else None)
    if request.method == "POST" and form.is_valid():
        keep_segment(form.save(commit=False), by=request.user)
        return redirect("customers:segments")
    status = 422 if form.errors else 200
    context = {"form": form, "title": form.instance.name or _("New class")}
    return render(request, "customers/rules/edit.html", context, status=status)


@require_POST
def retire(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, MANAGE)
    retire_segment(_segment(pk), by=request.user)
    return redirect("customers:segments")


@require_POST
def usual(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    take_usual_segments(by=request.user)
    return redirect("customers:segments")


@require_POST
def rest(request: SignedIn) -> HttpResponse:
    """Set how long customers are left alone for one purpose."""
    require(request.user, MANAGE)
    form = CooldownForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("From 0 to 366 days."))
    else:
        set_cooldown(**form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
    return redirect("customers:segments")


def _segment(pk: int) -> Segment:
    found = Segment.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
