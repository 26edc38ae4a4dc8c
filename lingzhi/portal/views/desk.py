"""The staff's side: what came in, what the portal shows, another code for a customer."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.presenting.cases import shown_cases
from lingzhi.cases.queries.cases import NOT_OPEN, cases_visible_to
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.portal.access.desk import (
    KEEP,
    PUBLISH,
    from_rectification,
    improvement_to_publish,
    improvement_to_write,
    require,
    rule_to_change,
    submission_to_issue,
)
from lingzhi.portal.forms.desk import ImprovementForm, InboxFilters, RuleForm, SettingsForm
from lingzhi.portal.models import PlainRule, PublishedImprovement
from lingzhi.portal.queries.codes import spaced
from lingzhi.portal.queries.settings import portal_settings
from lingzhi.portal.services.publishing import (
    end_rule,
    keep_rule,
    publish_improvement,
    set_portal,
    withdraw_improvement,
    write_improvement,
)
from lingzhi.portal.services.submitting import issue_code

FEEDBACK = "feedback"


@require_GET
def inbox(request: SignedIn) -> HttpResponse:
    """What customers sent, and opinions that came in another way, to be sorted and begun."""
    require(request.user, KEEP)
    form = InboxFilters(request.GET)
    form.is_valid()
    came = Q(submission__isnull=False) | Q(type__flow__code=FEEDBACK)
    rows = _narrowed(cases_visible_to(request.user).filter(came), **form.cleaned_data)
    page = page_of(request, rows.select_related("submission", "feedback"))
    may_set = request.user.can(PUBLISH)
    context = {"page": page, "rows": shown_cases(page), "form": form, "may_set": may_set}
    template = "portal/desk/_inbox.html" if request.htmx else "portal/desk/inbox.html"
    return render(request, template, context)


def _narrowed(rows: Any, *, kind: str = "", state: str = "") -> Any:
    if kind:
        also = Q(type__flow__code=FEEDBACK) if kind == "suggestion" else Q()
        rows = rows.filter(Q(submission__kind=kind) | also)
    if state == "all":
        return rows.order_by("-pk")
    rows = rows.exclude(kind__in=NOT_OPEN)
    return rows.filter(handler=None) if state == "new" else rows


@require_http_methods(["GET", "POST"])
def settings(request: SignedIn) -> HttpResponse:
    """How the portal looks and who receives."""
    require(request.user, PUBLISH)
    row = portal_settings()
    form = SettingsForm(request.POST or None, request.FILES or None, instance=row)

    def act() -> None:
        set_portal(form.values, form.cleaned_data["logo"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("portal:settings")
    context = {"form": form, "is_open": portal_settings().is_open}
    status = 422 if form.errors else 200
    return render(request, "portal/desk/settings.html", context, status=status)


@require_GET
def improvements(request: SignedIn) -> HttpResponse:
    """Drafts first, then what stands in the portal, with what readers say of it."""
    require(request.user, KEEP)
    rows = PublishedImprovement.objects.select_related("case", "written_by", "published_by")
    context = {"page": page_of(request, rows), "may_publish": request.user.can(PUBLISH)}
    return render(request, "portal/desk/improvements.html", context)


@require_http_methods(["GET", "POST"])
def edit_improvement(request: SignedIn, pk: int | None = None) -> HttpResponse:
    require(request.user, KEEP)
    row = improvement_to_write(request.user, pk) if pk else None
    row = row or from_rectification(request.user, request.GET.get("rectification", ""))
    form = ImprovementForm(row, request.user, request.POST or None)
    if sent_well(request, form, lambda: write_improvement(form.said, by=request.user)):
        messages.success(request, _("Saved as a draft: somebody else puts it out."))
        return redirect("portal:desk_improvements")
    title = str(row) if row and row.pk else _("New improvement")
    return _form_page(request, form, title, "portal:desk_improvements", _("Improvements"))


@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    publish_improvement(improvement_to_publish(request.user, pk), by=request.user)
    messages.success(request, _("It stands in the portal."))
    return redirect("portal:desk_improvements")


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    withdraw_improvement(improvement_to_publish(request.user, pk), by=request.user)
    messages.success(request, _("It is read no more."))
    return redirect("portal:desk_improvements")


@require_GET
def rules(request: SignedIn) -> HttpResponse:
    """Which clauses are public, in which words."""
    require(request.user, PUBLISH)
    rows = PlainRule.objects.filter(ended_at=None).select_related("regulation")
    return render(request, "portal/desk/rules.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def edit_rule(request: SignedIn, pk: int | None = None) -> HttpResponse:
    require(request.user, PUBLISH)
    row = rule_to_change(request.user, pk) if pk else None
    form = RuleForm(row, request.POST or None)
    if sent_well(request, form, lambda: keep_rule(form.said, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("portal:desk_rules")
    title = str(row) if row else _("New public rule")
    return _form_page(request, form, title, "portal:desk_rules", _("Rules in plain words"))


@require_POST
def end_public_rule(request: SignedIn, pk: int) -> HttpResponse:
    end_rule(rule_to_change(request.user, pk), by=request.user)
    return redirect("portal:desk_rules")


@require_POST
def issue(request: SignedIn, pk: int) -> HttpResponse:
    """Another code for the customer of a case, shown this once."""
    submission = submission_to_issue(request.user, pk)
    code = spaced(issue_code(submission, by=request.user))
    context = {
        "case": submission.case, "code": code,
        "url": request.build_absolute_uri(reverse("portal:follow", args=[code])),
    }  # fmt: skip
    return render(request, "portal/desk/issued.html", context)


def _form_page(request: SignedIn, form: Any, title: str, back: str, above: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": reverse(back), "above": above}
    status = 422 if form.errors else 200
    return render(request, "portal/desk/edit.html", context, status=status)
