"""Rules of steering customers to the channel that suits, and what came of each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import case_to_work
from lingzhi.cases.access.steering import require_reading, require_steering, rule_to_keep
from lingzhi.cases.forms.steering import SteeringForm, ToldForm
from lingzhi.cases.presenting.steering import shown_rules
from lingzhi.cases.queries.steering import suggested_for
from lingzhi.cases.services.steering import steer
from lingzhi.contacts.access.flow import may_plan
from lingzhi.contacts.services.steering import end_steering, keep_steering
from lingzhi.core.sending import sent_well


@require_GET
def rules(request: SignedIn) -> HttpResponse:
    require_reading(request.user)
    context = {"rules": shown_rules(), "may_keep": may_plan(request.user)}
    return render(request, "cases/steering/list.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new rule, or one that is changed."""
    require_steering(request.user)
    found = rule_to_keep(request.user, pk) if pk else None
    form = SteeringForm(request.POST or None, instance=found)
    if sent_well(request, form, lambda: keep_steering(form.rule(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("cases:steering")
    context = {"form": form, "rule": found}
    status = 422 if form.errors else 200
    return render(request, "cases/steering/edit.html", context, status=status)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    end_steering(rule_to_keep(request.user, pk), by=request.user)
    messages.success(request, _("The rule has ended; its counts stay."))
    return redirect("cases:steering")


@require_POST
def told(request: SignedIn, pk: int, rule: int) -> HttpResponse:
    """The customer of a case was told of the way that is recommended now."""
    case = case_to_work(request.user, pk)
    form, found = ToldForm(request.POST), suggested_for(case)
    if not form.is_valid() or found is None or found.rule.pk != rule:
        raise Http404
    steer(case, found.rule, is_taken=form.cleaned_data["taken"], by=request.user)
    messages.success(request, _("Written down."))
    return redirect("cases:case", case.pk)
