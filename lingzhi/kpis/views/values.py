"""Figures by hand: the list, entering, confirming and withdrawing them, and their evidence."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.files.services import store_file
from lingzhi.kpis import access, services
from lingzhi.kpis.forms import ValueFilters, ValueForm
from lingzhi.kpis.presenting.values import shown_values
from lingzhi.kpis.queries import values_visible_to
from lingzhi.kpis.views.changes import done, form_page


@require_GET
def values(request: SignedIn) -> HttpResponse:
    """Entered figures within reach: what waits for a second person, what counts, what is gone."""
    access.require(request.user, access.READ)
    form = ValueFilters(request.GET, user=request.user)
    page = page_of(request, form.narrow(values_visible_to(request.user)))
    shown = shown_values(page.object_list, request.user)
    context = {"form": form, "page": page, "shown": shown}
    template = "kpis/values/_list.html" if request.htmx else "kpis/values/list.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def enter_value(request: SignedIn, code: str) -> HttpResponse:
    entry = access.indicator_to_manage(request.user, code)
    form = ValueForm(request.user, entry, request.POST or None, request.FILES or None)

    def act() -> None:
        variant, params = form.way()
        services.check_entered(form.entered(), entry.variants[variant].shape)
        file = _stored(request, form.cleaned_data["file"])
        unit = form.cleaned_data["unit"]
        way = (variant, params)
        services.enter_value(code, unit, form.entered(file), way=way, by=request.user)

    if done(form, act):
        messages.success(
            request, _("The figure is entered. It counts once a second person confirmed it.")
        )
        return redirect("kpis:indicator", code)
    context = {"entry": entry, "form": form}
    return form_page(request, "kpis/value.html", form, context)


def _stored(request: SignedIn, upload: Any) -> Any:
    if upload is None:
        return None
    return store_file(upload, name=upload.name, purpose="kpis", by=request.user)


@require_POST
def confirm_value(request: SignedIn, pk: int) -> HttpResponse:
    value = access.value_to_change(request.user, pk)
    services.confirm_value(value, by=request.user)
    messages.success(request, _("The figure is confirmed and counts."))
    return redirect("kpis:indicator", value.definition.code)


@require_POST
def withdraw_value(request: SignedIn, pk: int) -> HttpResponse:
    value = access.value_to_change(request.user, pk)
    services.withdraw_value(value, reason=request.POST.get("reason", "")[:300], by=request.user)
    messages.success(request, _("The figure is withdrawn."))
    return redirect("kpis:indicator", value.definition.code)


@require_GET
def value_file(request: SignedIn, pk: int) -> FileResponse:
    """The evidence of an entered figure, taken away."""
    file = access.evidence_to_take(request.user, pk)
    return FileResponse(
        default_storage.open(file.stored_as), as_attachment=True, filename=file.name
    )
