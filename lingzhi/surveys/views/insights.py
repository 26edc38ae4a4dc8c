"""The register of needs, benchmarks and pain points."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import panels_of
from lingzhi.surveys.access.common import MANAGE, READ, require
from lingzhi.surveys.access.insights import insight_to_change, insight_to_read, insight_to_review
from lingzhi.surveys.forms.insights import InsightFilters, InsightForm, InsightReviewForm
from lingzhi.surveys.models import Insight
from lingzhi.surveys.queries.insights import insights_visible_to
from lingzhi.surveys.services.insights import review_insight, save_insight
from lingzhi.surveys.views.common import form_page, sent_well


@require_GET
def insights(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    form = InsightFilters(request.GET)
    rows = insights_visible_to(request.user).filter(**form.narrowing)
    context = {
        "form": form, "page": page_of(request, rows), "today": today(),
        "may_set": request.user.can(MANAGE),
    }  # fmt: skip
    return render(request, "surveys/insights/list.html", context)


@require_GET
def insight(request: SignedIn, pk: int) -> HttpResponse:
    found = insight_to_read(request.user, pk)
    may_set = request.user.can(MANAGE)
    context = {
        "insight": found, "reviews": found.reviews.select_related("reviewed_by"),
        "is_open": found.state == Insight.State.OPEN, "is_due": found.review_on <= today(),
        "may_set": may_set, "may_review": may_set or found.owner_id == request.user.pk,
        "panels": panels_of("surveys.insight", request.user, found),
    }  # fmt: skip
    return render(request, "surveys/insights/insight.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, insight_to_change(request.user, pk))


def _form(request: SignedIn, old: Insight | None) -> HttpResponse:
    form = InsightForm(request.POST or None, instance=old, user=request.user)
    if sent_well(request, form, lambda: save_insight(form.instance, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("surveys:insight", form.instance.pk)
    title = old.title if old else _("New need, benchmark or pain point")
    back = reverse("surveys:insights")
    return form_page(request, form, title=title, back=back, back_title=_("Needs and benchmarks"))


@require_http_methods(["GET", "POST"])
def review(request: SignedIn, pk: int) -> HttpResponse:
    """Looked at again by who follows it up."""
    found = insight_to_review(request.user, pk)
    form = InsightReviewForm(request.POST or None, instance=found)

    def act() -> None:
        facts = {name: form.cleaned_data[name] for name in form._meta.fields or ()}
        review_insight(found, facts, words=form.cleaned_data["found"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("surveys:insight", pk)
    back = reverse("surveys:insight", args=[pk])
    title = _("Look at it again")
    return form_page(request, form, title=title, back=back, back_title=found.title)
