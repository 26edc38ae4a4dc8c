"""Scales and dimensions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.surveys.access.common import (
    MANAGE,
    READ,
    dimension_to_set,
    require,
    scale_to_set,
)
from lingzhi.surveys.forms.questionnaires import DimensionForm, ScaleForm
from lingzhi.surveys.models import Dimension, Scale
from lingzhi.surveys.services.scales import add_scale, retire_scale, set_dimension
from lingzhi.surveys.views.common import form_page, sent_well


@require_GET
def scales(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    context = {
        "scales": Scale.objects.all(),
        "dimensions": Dimension.objects.all(),
        "may_set": request.user.can(MANAGE),
    }
    return render(request, "surveys/scales/list.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    form = ScaleForm(request.POST or None)
    if sent_well(request, form, lambda: add_scale(form.scale, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("surveys:scales")
    note = _(
        "Its numbers never change: answers are read by them. Another cut-off is another scale."
    )
    return _page(request, form, _("New scale"), note)


@require_POST
def retire(request: SignedIn, pk: int) -> HttpResponse:
    retire_scale(scale_to_set(request.user, pk), by=request.user)
    messages.success(request, _("New questions are not judged on it."))
    return redirect("surveys:scales")


@require_http_methods(["GET", "POST"])
def dimension(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new dimension, or one that is changed."""
    require(request.user, MANAGE)
    old = dimension_to_set(request.user, pk) if pk else None
    form = DimensionForm(old, request.POST or None)
    if sent_well(request, form, lambda: set_dimension(form.dimension, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("surveys:scales")
    return _page(request, form, str(old) if old else _("New dimension"))


def _page(
    request: SignedIn, form: DimensionForm | ScaleForm, title: str, note: str = ""
) -> HttpResponse:
    back = reverse("surveys:scales")
    return form_page(
        request, form, title=title, back=back, back_title=_("Scales and dimensions"), note=note
    )
