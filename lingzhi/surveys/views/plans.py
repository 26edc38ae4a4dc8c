"""Survey plans: written, put to approval, running."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.surveys.access.common import MANAGE, READ, plan_to_change, plan_to_read, require
from lingzhi.surveys.forms.sending import PlanForm
from lingzhi.surveys.models import SurveyPlan
from lingzhi.surveys.queries.independence import is_surveyed
from lingzhi.surveys.queries.plans import facts_of, plans_with_counts
from lingzhi.surveys.services import plans as services
from lingzhi.surveys.views.common import form_page, sent_well


@require_GET
def plans(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    context = {"plans": plans_with_counts(), "may_set": request.user.can(MANAGE)}
    return render(request, "surveys/plans/list.html", context)


@require_GET
def plan(request: SignedIn, pk: int) -> HttpResponse:
    found = plan_to_read(request.user, pk)
    is_judged = is_surveyed(request.user, found)
    context = {
        "plan": found, "may_set": request.user.can(MANAGE) and not is_judged,
        "is_judged": is_judged, **facts_of(found),
    }  # fmt: skip
    return render(request, "surveys/plans/plan.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, plan_to_change(request.user, pk))


def _form(request: SignedIn, old: SurveyPlan | None) -> HttpResponse:
    form = PlanForm(request.POST or None, instance=old)
    if sent_well(request, form, lambda: services.save_plan(form.instance, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("surveys:plan", form.instance.pk)
    title = old.title if old else _("New survey plan")
    back = reverse("surveys:plans")
    return form_page(request, form, title=title, back=back, back_title=_("Survey plans"))


@require_POST
def request_approval(request: SignedIn, pk: int) -> HttpResponse:
    services.request_approval(plan_to_change(request.user, pk), by=request.user)
    messages.success(request, _("The plan was put to approval."))
    return redirect("surveys:plan", pk)


@require_POST
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    services.take_back(plan_to_change(request.user, pk), by=request.user)
    messages.success(request, _("The plan is a draft again."))
    return redirect("surveys:plan", pk)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    services.end_plan(plan_to_change(request.user, pk), by=request.user)
    messages.success(request, _("The plan asks nobody any more."))
    return redirect("surveys:plan", pk)


@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    services.publish_plan(plan_to_change(request.user, pk), by=request.user)
    messages.success(request, _("Who was judged sees the answers now, too."))
    return redirect("surveys:plan", pk)
