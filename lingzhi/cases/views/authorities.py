"""Lines of the matrix of authority: a new one, one that is changed, one that is retired."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.complaint_settings import authority_to_change
from lingzhi.cases.access.complaints import require_setting
from lingzhi.cases.forms.complaint_settings import AuthorityForm, RetireForm
from lingzhi.cases.services.authorities import keep_authority, retire_authority
from lingzhi.core.sending import sent_well


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A line for remedies offered from now on."""
    require_setting(request.user)
    line = authority_to_change(request.user, pk) if pk else None
    form = AuthorityForm(line, request.POST or None)

    def act() -> None:
        keep_authority(form.said, reason=form.cleaned_data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("The line holds for remedies offered from now on."))
        return redirect("cases:duties")
    title = _("Line of the matrix") if line else _("New line of the matrix")
    return _page(request, form, title, line.pk if line and not line.retired_at else None)


@require_http_methods(["GET", "POST"])
def retire(request: SignedIn, pk: int) -> HttpResponse:
    line = authority_to_change(request.user, pk)
    form = RetireForm(request.POST or None)

    def act() -> None:
        retire_authority(line, reason=form.cleaned_data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("The line holds no more."))
        return redirect("cases:duties")
    return _page(request, form, _("Retire the line"))


def _page(request: SignedIn, form: BaseForm, title: str, pk: int | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "retire": ("cases:retire_authority", pk)}
    status = 422 if form.errors else 200
    return render(request, "cases/settings/line.html", context, status=status)
