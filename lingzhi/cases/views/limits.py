"""Limits with their versions, types of cases, and the pattern of numbers."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.limits import limit_to_change, limit_to_read, type_to_change
from lingzhi.cases.forms.limits import EndLimitForm, LimitForm, PatternForm, TypeForm
from lingzhi.cases.models import CaseType, ClockRule, Numbering
from lingzhi.cases.presenting.clauses import clauses_by_control
from lingzhi.cases.queries.limits import examples, limits_on_or_after_today, warnings
from lingzhi.cases.queries.numbers import is_pattern, number_of, pattern_of
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.services.limits import (
    add_limit,
    end_limit,
    keep_type,
    retire_type,
    supersede_limit,
)
from lingzhi.cases.services.numbering import set_pattern
from lingzhi.core.clock import today
from lingzhi.core.sending import sent_well


@require_GET
def limits(request: SignedIn) -> HttpResponse:
    """What holds today or will, and what is worth a second look."""
    require(request.user, READ)
    rules = list(limits_on_or_after_today())
    clauses = clauses_by_control(one.control_id for one in rules)
    context = {
        "rules": [(one, clauses.get(one.control_id or 0)) for one in rules],
        "warnings": warnings(rules),
        "today": today(),
        "may_set": request.user.can(SET),
    }
    return render(request, "cases/limits/list.html", context)


@require_GET
def limit(request: SignedIn, pk: int) -> HttpResponse:
    """One version, when cases would be due by it, and the versions beside it."""
    rule = limit_to_read(request.user, pk)
    versions = ClockRule.objects.filter(code=rule.code).order_by("-number")
    context = {
        "rule": rule,
        "versions": versions,
        "examples": examples(rule),
        "is_newest": versions[0].pk == rule.pk,
        "clause": clauses_by_control([rule.control_id]).get(rule.control_id or 0),
        "may_set": request.user.can(SET),
    }
    return render(request, "cases/limits/limit.html", context)


@require_http_methods(["GET", "POST"])
def edit_limit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new limit, or with `pk` its next version; `preview` shows it without keeping it."""
    require(request.user, SET)
    old = limit_to_change(request.user, pk) if pk else None
    form = LimitForm(old, request.POST or None)
    if "preview" in request.POST:
        return _limit_page(request, old, form, is_preview=form.is_valid())

    def act() -> None:
        rule, reason = form.save(commit=False), form.cleaned_data["reason"]
        if old is None:
            add_limit(rule, reason=reason, by=request.user)
        else:
            supersede_limit(old, rule, reason=reason, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("The limit holds for cases opened from its first day on."))
        return redirect("cases:limit", form.instance.pk)
    return _limit_page(request, old, form)


def _limit_page(
    request: SignedIn, old: ClockRule | None, form: LimitForm, *, is_preview: bool = False
) -> HttpResponse:
    context: dict[str, object] = {"old": old, "form": form, "is_preview": is_preview}
    if is_preview:
        rule = form.save(commit=False)
        beside = [one for one in limits_on_or_after_today() if old is None or one.code != old.code]
        context["examples"] = examples(rule)
        context["warnings"] = [
            one for one in warnings([*beside, rule]) if rule in (one.looser, one.stricter)
        ]
    status = 422 if form.errors else 200
    return render(request, "cases/limits/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def end_one(request: SignedIn, pk: int) -> HttpResponse:
    rule = limit_to_change(request.user, pk)
    form = EndLimitForm(request.POST or None, initial={"to_on": today()})

    def act() -> None:
        data = form.cleaned_data
        end_limit(rule, data["to_on"], reason=data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("The limit ends then."))
        return redirect("cases:limit", pk)
    return _plain_page(request, form, _("End the limit"), "cases:limits")


@require_http_methods(["GET", "POST"])
def edit_type(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new type, or one that is changed for cases to come."""
    require(request.user, SET)
    row = type_to_change(request.user, pk) if pk else None
    form = TypeForm(row, request.POST or None)
    if sent_well(request, form, lambda: keep_type(form.named(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("cases:types")
    return _plain_page(request, form, str(row) if row else _("New type"), "cases:types")


@require_GET
def types(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    rows = CaseType.objects.select_related("flow").order_by("retired_at", "order", "id")
    context = {"types": rows, "may_set": request.user.can(SET)}
    return render(request, "cases/limits/types.html", context)


@require_POST
def retire_one(request: SignedIn, pk: int) -> HttpResponse:
    retire_type(type_to_change(request.user, pk), by=request.user)
    return redirect("cases:types")


@require_http_methods(["GET", "POST"])
def numbers(request: SignedIn) -> HttpResponse:
    """The pattern of case numbers, with the number it would give."""
    require(request.user, SET)
    pattern = pattern_of("case")
    held = Numbering.objects.filter(kind="case", control_id__isnull=False).first()
    clause = clauses_by_control([held.control_id]).get(held.control_id or 0) if held else None
    form = PatternForm(request.POST or None, initial={"pattern": pattern})

    def act() -> None:
        set_pattern("case", form.cleaned_data["pattern"], by=request.user)

    if "preview" not in request.POST and sent_well(request, form, act):
        messages.success(request, _("Cases opened from now on are numbered so."))
        return redirect("cases:numbers")
    shown = request.POST.get("pattern", pattern)
    example = number_of(shown, today(), 42) if is_pattern(shown) else ""
    return _plain_page(request, form, _("Case numbers"), "cases:limits", example=example, held=held,
                       clause=clause)  # fmt: skip


def _plain_page(
    request: SignedIn, form: BaseForm, title: str, back: str, **more: object
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, **more}
    status = 422 if form.errors else 200
    return render(request, "cases/limits/plain.html", context, status=status)
