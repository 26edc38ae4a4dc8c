"""The rules: their list, one rule with all its versions, and its life."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.inspections import access, services
from lingzhi.inspections.access.trust import labels_to_read
from lingzhi.inspections.forms.filters import PeriodForm
from lingzhi.inspections.forms.rules import ListFilters, OwnerForm
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.presenting.examples import shown_examples
from lingzhi.inspections.presenting.operators import shown_families
from lingzhi.inspections.presenting.rules import difference, shown_rules, shown_versions
from lingzhi.inspections.presenting.summaries import (
    applies_to,
    said_conditions,
    scope_in_words,
)
from lingzhi.inspections.presenting.tables import RULE_SORTS, sorted_rules
from lingzhi.inspections.presenting.trust import trust_in
from lingzhi.inspections.queries import ENOUGH, by_version, tallies_of_versions, tallies_visible_to
from lingzhi.inspections.rule_text import as_yaml

DRAFT = RuleVersion.State.DRAFT


@require_GET
def rules(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    period = PeriodForm(request.GET, user=request.user)
    tallies = by_version(tallies_visible_to(request.user, access.READ, period.filters))
    every = shown_rules(Rule.objects.select_related("owner").prefetch_related("versions"), tallies)
    form = ListFilters(request.GET, rules=every)
    sort = request.GET.get("sort", "")
    sort = sort if sort.lstrip("-") in RULE_SORTS else ""
    context = {
        "rules": sorted_rules([one for one in every if form.fits(one)], sort),
        "is_empty": not every,
        "form": form,
        "sort": sort,
        "enough": ENOUGH,
        "axis": 1.0,
        "has_drafts": any(one.version.state == DRAFT for rule in every for one in rule.versions),
    }
    template = "inspections/_rules.html" if request.htmx else "inspections/rules.html"
    return render(request, template, context)


@require_GET
def operators(request: SignedIn) -> HttpResponse:
    """Everything that a condition may ask, for whoever reads or writes rules."""
    access.require(request.user, access.READ)
    families = shown_families()
    count = sum(len(several) for _family, several in families)
    return render(request, "inspections/operators.html", {"families": families, "count": count})


@require_GET
def rule(request: SignedIn, pk: int) -> HttpResponse:
    found = access.rule_to_read(request.user, pk)
    return _page(request, found, OwnerForm())


def _page(request: SignedIn, found: Rule, owner_form: OwnerForm, status: int = 200) -> HttpResponse:
    tallies = tallies_of_versions(PeriodForm(request.GET, user=request.user).contacts, found)
    shown = shown_rules([found], tallies)[0]
    version = _chosen(request, found) or shown.main.version
    compared = _compared(request, found)
    context = {
        **trust_in(found, labels_to_read(request.user, found)),
        "rule": found,
        "shown": shown,
        "version": version,
        "versions": shown_versions(found.versions.select_related("created_by"), tallies),
        "text": as_yaml(version.body),
        "conditions": said_conditions(version.body),
        "applies_to": applies_to(version.body),
        "scope": scope_in_words(version.body.get("scope") or {}),
        "examples": shown_examples(version),
        "compared": compared,
        "difference": list(difference(*compared)) if compared else [],
        "owner_form": owner_form,
        "flags": access.flags_to_review(request.user, found),
        "enough": ENOUGH,
        "axis": 1.0,
    }
    return render(request, "inspections/rule.html", context, status=status)


def _chosen(request: SignedIn, found: Rule) -> RuleVersion | None:
    number = request.GET.get("version", "")
    if not number.isdecimal():
        return None
    version = found.versions.filter(number=int(number)).first()
    if version is None:
        raise Http404
    return version


def _compared(request: SignedIn, found: Rule) -> tuple[RuleVersion, RuleVersion] | None:
    """The versions `?from=1&to=2`; without them the two newest."""
    versions = list(found.versions.all())
    if len(versions) < 2:
        return None
    numbered = {str(version.number): version for version in versions}
    before = numbered.get(request.GET.get("from", ""), versions[1])
    after = numbered.get(request.GET.get("to", ""), versions[0])
    return before, after


@require_POST
def change_owner(request: SignedIn, pk: int) -> HttpResponse:
    found = access.rule_to_hand_over(request.user, pk)
    form = OwnerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    services.change_owner(found, form.cleaned_data["staff_no"], by=request.user)
    messages.success(request, _("The rule has a new owner."))
    return redirect("inspections:rule", pk)


@require_POST
def shadow(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.version_to_write(request.user, pk, number)
    services.shadow_version(version, reason=_reason(request), by=request.user)
    return _done(
        request, pk, _("Version %(n)d judges in the shadow and counts for nobody."), number
    )


@require_POST
def activate(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.version_to_activate(request.user, pk, number)
    asked = services.request_activation(version, reason=_reason(request), by=request.user)
    words = _("Version %(n)d waits for approval.") if asked else _("Version %(n)d is in force.")
    return _done(request, pk, words, number)


@require_POST
def retire(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.version_to_activate(request.user, pk, number)
    services.retire_version(version, reason=_reason(request), by=request.user)
    return _done(request, pk, _("Version %(n)d is retired; what it found stays found."), number)


@require_POST
def discard(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.version_to_write(request.user, pk, number)
    services.discard_draft(version, by=request.user)
    messages.success(request, _("The draft was thrown away."))
    is_left = Rule.objects.filter(pk=pk).exists()
    return redirect("inspections:rule", pk) if is_left else redirect("inspections:rules")


@require_POST
def lift(request: SignedIn, pk: int, number: int) -> HttpResponse:
    version = access.version_to_write(request.user, pk, number)
    services.lift_suspension(version, by=request.user)
    return _done(request, pk, _("Version %(n)d judges again, beginning with the next."), number)


@require_POST
def adopt(request: SignedIn) -> HttpResponse:
    """Bring in the first rule set of the program and put it into force."""
    access.require(request.user, access.ACTIVATE)
    number = services.adopt_first_rules(by=request.user)
    words = ngettext("%(n)d rule is in force.", "%(n)d rules are in force.", number)
    messages.success(request, words % {"n": number})
    return redirect("inspections:rules")


def _reason(request: SignedIn) -> str:
    return request.POST.get("reason", "").strip()


def _done(request: SignedIn, pk: int, words: str, number: int) -> HttpResponse:
    messages.success(request, words % {"n": number})
    return redirect("inspections:rule", pk)
