"""Cited standards: the list, one of them, keeping it, contesting a citation."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.governance.access import references as access
from lingzhi.governance.access.audits import require
from lingzhi.governance.forms.audits import WordsForm
from lingzhi.governance.forms.references import ReferenceFilters, ReferenceForm, UseForm
from lingzhi.governance.models import Reference, ReferenceUse
from lingzhi.governance.queries.people import AUDIT
from lingzhi.governance.queries.references import references as listed
from lingzhi.governance.services import references as services

ASK = ["GET", "POST"]
TONES = {"unchecked": "unknown", "valid": "good", "replaced": "warn", "withdrawn": "bad"}


@require_GET
def references(request: SignedIn) -> HttpResponse:
    require(request.user, access.READ)
    form = ReferenceFilters(request.GET)
    form.is_valid()
    page = page_of(request, listed(**form.cleaned_data))
    context = {
        "form": form, "page": page, "rows": [(one, TONES[one.state]) for one in page],
        "may_keep": request.user.can(AUDIT),
    }  # fmt: skip
    name = "_rows" if request.htmx else "list"
    return render(request, f"governance/references/{name}.html", context)


@require_GET
def reference(request: SignedIn, pk: int) -> HttpResponse:
    """Where it is cited under which title, what answers it, who contests it."""
    found = access.reference_to_read(request.user, pk)
    uses = list(found.uses.all())
    context = {
        "row": found, "tone": TONES[found.state], "may_keep": request.user.can(AUDIT),
        "cited": [one for one in uses if one.kind == ReferenceUse.Kind.CITED],
        "mapped": [one for one in uses if one.kind == ReferenceUse.Kind.MAPPED],
        "contests": found.contests.select_related("contested_by", "answered_by"),
    }  # fmt: skip
    return render(request, "governance/references/reference.html", context)


def _ask(
    request: SignedIn, form: BaseForm, act: Callable[[], object], title: str,
    row: Reference | None,
) -> HttpResponse:  # fmt: skip
    """A form of its own; done, it leads back to the standard."""
    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        kept = row or getattr(form, "instance", None)
        return redirect("governance:reference", kept.pk if kept else 0)
    back = reverse("governance:reference", args=[row.pk]) if row else ""
    context = {"form": form, "title": title, "row": row,
               "back": back or reverse("governance:references")}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "governance/references/form.html", context, status=status)


@require_http_methods(ASK)
def add_reference(request: SignedIn) -> HttpResponse:
    require(request.user, AUDIT)
    form = ReferenceForm(request.POST or None)
    act = lambda: services.keep_reference(form.instance, by=request.user)  # noqa: E731
    return _ask(request, form, act, _("Add a standard"), None)


@require_http_methods(ASK)
def edit_reference(request: SignedIn, pk: int) -> HttpResponse:
    found = access.reference_to_keep(request.user, pk)
    form = ReferenceForm(request.POST or None, instance=found)
    act = lambda: services.keep_reference(form.instance, by=request.user)  # noqa: E731
    return _ask(request, form, act, _("Change"), found)


@require_http_methods(ASK)
def add_use(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    found = access.reference_to_keep(request.user, pk)
    if kind not in ReferenceUse.Kind.values:
        raise Http404
    form = UseForm(request.POST or None, instance=ReferenceUse(reference=found, kind=kind))
    act = lambda: services.keep_use(form.instance, by=request.user)  # noqa: E731
    return _ask(request, form, act, str(ReferenceUse.Kind(kind).label), found)


@require_POST
def remove_use(request: SignedIn, pk: int) -> HttpResponse:
    found = access.use_to_remove(request.user, pk)
    services.remove_use(found, by=request.user)
    return redirect("governance:reference", found.reference_id)


@require_http_methods(ASK)
def contest(request: SignedIn, pk: int) -> HttpResponse:
    found = access.reference_to_read(request.user, pk)
    form = WordsForm(request.POST or None, label=_("What is wrong, and how do you know?"))
    act = lambda: services.contest(  # noqa: E731
        found, form.cleaned_data["words"], by=request.user
    )
    return _ask(request, form, act, _("Contest a citation"), found)


@require_http_methods(ASK)
def answer_contest(request: SignedIn, pk: int) -> HttpResponse:
    found = access.contest_to_answer(request.user, pk)
    form = WordsForm(request.POST or None, label=_("Answer"), help_text=found.words)
    act = lambda: services.answer_contest(  # noqa: E731
        found, form.cleaned_data["words"], by=request.user
    )
    return _ask(request, form, act, _("Answer"), found.reference)
