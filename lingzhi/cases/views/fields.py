"""Own fields of cases: all of them, one that is added or changed, one that is retired."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.fields import field_to_change, require_setting_fields
from lingzhi.cases.forms.complaint_settings import RetireForm
from lingzhi.cases.forms.fields import FieldForm
from lingzhi.cases.models import CaseField
from lingzhi.cases.queries.fields import fields_with_use
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.services.fields import add_field, change_field, retire_field
from lingzhi.core.sending import sent_well


@require_GET
def fields(request: SignedIn) -> HttpResponse:
    """What the house asks beside the usual, and how often it is answered."""
    require(request.user, READ)
    context = {"fields": fields_with_use(), "may_set": request.user.can(SET)}
    return render(request, "cases/fields/list.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new field, or one that is changed."""
    require_setting_fields(request.user)
    field = field_to_change(request.user, pk) if pk else None
    form = FieldForm(field, request.POST or None)

    def act() -> None:
        if field is None:
            add_field(form.given, by=request.user)
        else:
            change_field(field, form.given, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("cases:fields")
    return _page(request, form, str(field) if field else _("New field"), field)


@require_http_methods(["GET", "POST"])
def retire(request: SignedIn, pk: int) -> HttpResponse:
    field = field_to_change(request.user, pk)
    form = RetireForm(request.POST or None)

    def act() -> None:
        retire_field(field, reason=form.cleaned_data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("It is asked no more."))
        return redirect("cases:fields")
    return _page(request, form, _("Retire “%(name)s”") % {"name": field})


def _page(
    request: SignedIn, form: BaseForm, title: str, field: CaseField | None = None
) -> HttpResponse:
    shown = field if field and not field.retired_at else None
    context = {"form": form, "title": title, "field": shown}
    status = 422 if form.errors else 200
    return render(request, "cases/fields/edit.html", context, status=status)
