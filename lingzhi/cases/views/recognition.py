"""By what new cases are recognised: rules in their order, and the assistant behind them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.recognition import rule_to_change
from lingzhi.cases.forms.recognition import AssistantForm, RecognitionForm
from lingzhi.cases.presenting.recognition import shown_models, shown_rules
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.queries.recognition import recognition_settings
from lingzhi.cases.services.recognition import (
    add_recognition,
    change_recognition,
    end_recognition,
    set_recognition,
)
from lingzhi.core.sending import sent_well
from lingzhi_engine.stats import TOO_FEW


@require_GET
def recognition(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    context = {
        "rules": shown_rules(),
        "models": shown_models(),
        "settings": recognition_settings(),
        "may_set": request.user.can(SET),
        "enough": TOO_FEW,
    }
    return render(request, "cases/recognition/list.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new rule, or with `pk` another one in its place."""
    require(request.user, SET)
    old = rule_to_change(request.user, pk) if pk else None
    form = RecognitionForm(old, request.POST or None)

    def act() -> None:
        rule = form.save(commit=False)
        if old is None:
            add_recognition(rule, by=request.user)
        else:
            change_recognition(old, rule, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("The rule holds for cases registered from now on."))
        return redirect("cases:recognition")
    title = old.title if old else _("New rule")
    return _page(request, form, title)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    end_recognition(rule_to_change(request.user, pk), by=request.user)
    return redirect("cases:recognition")


@require_http_methods(["GET", "POST"])
def assistant(request: SignedIn) -> HttpResponse:
    """What the assistant may do by itself."""
    require(request.user, SET)
    form = AssistantForm(request.POST or None, instance=recognition_settings())
    if sent_well(request, form, lambda: set_recognition(form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("cases:recognition")
    return _page(request, form, _("What the assistant may do"))


def _page(request: SignedIn, form: RecognitionForm | AssistantForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    status = 422 if form.errors else 200
    return render(request, "cases/recognition/edit.html", context, status=status)
