"""The quality policy: what holds, its versions, writing, approving and reviewing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.governance.access import policies as access
from lingzhi.governance.access.goals import require
from lingzhi.governance.forms.directory import DirectoryReviewForm
from lingzhi.governance.forms.goals import ReasonForm
from lingzhi.governance.forms.policies import PolicyForm
from lingzhi.governance.models import PolicyVersion
from lingzhi.governance.presenting.directory import OUTCOME_TONES, TONES, said_due
from lingzhi.governance.queries.directory import OPEN, may_write
from lingzhi.governance.queries.goals import PLAN
from lingzhi.governance.queries.policies import (
    in_force_still,
    open_policies,
    policies_shown_to,
    policies_visible_to,
)
from lingzhi.governance.services import policies as services
from lingzhi.governance.services.directory_reviews import review_policy
from lingzhi.governance.views.common import Place, form_page

ASK = ["GET", "POST"]
ABOVE = (reverse_lazy("governance:policies"), gettext_lazy("Quality policy"))
HERE = "governance:policy"


@require_GET
def policies(request: SignedIn) -> HttpResponse:
    """What holds for the reader, and what is being written."""
    require(request.user, OPEN)
    held = policies_shown_to(request.user)
    context = {
        "held": [(one, found, said_due(found.review_on if found else None)) for one, found in held],
        "coming": [(one, TONES[one.state]) for one in open_policies(request.user)],
        "may_plan": request.user.can(PLAN),
    }  # fmt: skip
    return render(request, "governance/policies/list.html", context)


@require_GET
def policy(request: SignedIn, pk: int) -> HttpResponse:
    """Its text, from when it holds, its reviews, and the versions of the unit."""
    found = access.policy_to_read(request.user, pk)
    others = policies_visible_to(request.user).filter(unit=found.unit)
    holds = in_force_still(today()).filter(pk=found.pk).exists()
    context = {
        "policy": found, "tone": TONES[found.state], "holds": holds,
        "due": said_due(found.review_on) if holds else None,
        "reviews": [
            (one, OUTCOME_TONES[one.outcome]) for one in found.reviews.select_related("said_by")
        ],
        "versions": [(one, TONES[one.state]) for one in others],
        "may_write": may_write(request.user, found.unit),
        "may_review": holds and access.may_review(request.user, found),
    }  # fmt: skip
    return render(request, "governance/policies/policy.html", context)


@require_http_methods(ASK)
def add_policy(request: SignedIn) -> HttpResponse:
    require(request.user, PLAN)
    given = {"owner": request.user.pk, "from_on": today()}
    form = PolicyForm(request.POST or None, user=request.user, initial=given)
    return form_page(
        request, form, lambda: services.keep_policy(form.instance, by=request.user),
        title=_("New version of the policy"), above=ABOVE, to=HERE, done=_("Saved."),
    )  # fmt: skip


@require_http_methods(ASK)
def edit_policy(request: SignedIn, pk: int) -> HttpResponse:
    found = access.policy_to_write(request.user, pk)
    form = PolicyForm(request.POST or None, instance=found, user=request.user)
    return form_page(
        request, form, lambda: services.keep_policy(form.instance, by=request.user),
        title=_("Change the draft"), above=ABOVE, back=_page_of(found), to=HERE, done=_("Saved."),
    )  # fmt: skip


@require_POST
def ask_approval(request: SignedIn, pk: int) -> HttpResponse:
    services.request_approval(access.policy_to_write(request.user, pk), by=request.user)
    messages.success(request, _("Its approval is asked for."))
    return redirect(HERE, pk)


@require_POST
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    services.reopen(access.policy_to_write(request.user, pk), by=request.user)
    messages.success(request, _("It is a draft again."))
    return redirect(HERE, pk)


@require_http_methods(ASK)
def review(request: SignedIn, pk: int) -> HttpResponse:
    """Looked at again: kept, to be changed, or withdrawn."""
    found = access.policy_to_review(request.user, pk)
    may_change = may_write(request.user, found.unit)
    form = DirectoryReviewForm(request.POST or None, may_change=may_change)
    return form_page(
        request, form, lambda: review_policy(found, **form.cleaned_data, by=request.user),
        title=_("Review the policy"), above=ABOVE, back=_page_of(found), to=HERE,
        note=_("Due on %(day)s.") % {"day": found.review_on or "–"}, done=_("Reviewed."),
    )  # fmt: skip


@require_http_methods(ASK)
def drop(request: SignedIn, pk: int) -> HttpResponse:
    found = access.policy_to_write(request.user, pk)
    form = ReasonForm(request.POST or None)
    return form_page(
        request, form, lambda: services.drop(found, form.cleaned_data["reason"], by=request.user),
        title=_("Give up the draft"), above=ABOVE, back=_page_of(found), to=HERE,
        button=_("Give up the draft"), done=_("Dropped."),
    )  # fmt: skip


def _page_of(row: PolicyVersion) -> Place:
    return reverse(HERE, args=[row.pk]), str(row)
