"""Rules: who is asked after which event."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.surveys.access.common import MANAGE, READ, require, rule_to_set
from lingzhi.surveys.forms.sending import RuleForm
from lingzhi.surveys.models import SendingRule
from lingzhi.surveys.presenting.sending import shown_rules, what_lacks
from lingzhi.surveys.services.rules import end_rule, save_rule
from lingzhi.surveys.views.common import form_page, sent_well


@require_GET
def rules(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    context = {
        "rules": shown_rules(),
        "lacks": what_lacks(),
        "may_set": request.user.can(MANAGE),
    }
    return render(request, "surveys/rules/list.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, rule_to_set(request.user, pk))


def _form(request: SignedIn, rule: SendingRule | None) -> HttpResponse:
    form = RuleForm(request.POST or None, instance=rule)
    if sent_well(request, form, lambda: save_rule(form.instance, by=request.user)):
        messages.success(request, _("The rule asks about what happens from now on."))
        return redirect("surveys:rules")
    title = rule.name if rule else _("New survey rule")
    back = reverse("surveys:rules")
    return form_page(request, form, title=title, back=back, back_title=_("Survey rules"))


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    end_rule(rule_to_set(request.user, pk), by=request.user)
    messages.success(request, _("The rule asks nobody any more."))
    return redirect("surveys:rules")
