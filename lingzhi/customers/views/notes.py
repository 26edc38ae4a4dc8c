"""What is noted about a customer: the cards of the page, all of a kind, a new one, settling one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import DomainError
from lingzhi.core.pagination import page_of
from lingzhi.customers.access import files as access
from lingzhi.customers.models import Customer, Note
from lingzhi.customers.presenting.lines import Line, line_of
from lingzhi.customers.views.kinds import KINDS, Noted, kind_or_404, settling_or_404

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Card:
    """The latest notes of one kind, and whether there are more."""

    kind: Noted
    lines: list[Line]
    has_more: bool


def cards_of(customer: Customer) -> list[Card]:
    """One card for each kind, in the order of the page."""
    cards = []
    for kind in KINDS:
        rows = list(_rows(kind, customer)[: SHOWN + 1])
        cards.append(Card(kind, [line_of(row) for row in rows[:SHOWN]], len(rows) > SHOWN))
    return cards


def _rows(kind: Noted, customer: Customer) -> QuerySet[Any]:
    rows = kind.model._default_manager.filter(customer=customer)
    return rows.select_related(*kind.joined)


@require_GET
def notes(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    customer = access.customer_to_read(request.user, pk)
    noted = kind_or_404(kind)
    page = page_of(request, _rows(noted, customer))
    context = {
        "customer": customer,
        "kind": noted,
        "page": page,
        "lines": [line_of(row) for row in page],
        "rights": access.rights_of(request.user),
    }
    return render(request, "customers/notes.html", context)


@require_http_methods(["GET", "POST"])
def add_note(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    customer = access.customer_for(request.user, pk, access.KEEP)
    noted = kind_or_404(kind)
    if noted.form is None:
        raise Http404
    form = noted.form(request.POST or None, instance=noted.model(customer=customer))
    if request.method == "POST" and form.is_valid():
        try:
            noted.add(form.save(commit=False), by=request.user)
        except DomainError as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("Noted."))
            return redirect("customers:detail", pk)
    status = 422 if form.errors else 200
    context = {"customer": customer, "form": form, "title": noted.label}
    return render(request, "customers/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def settle_note(request: SignedIn, pk: int, kind: str, row: int, act: str) -> HttpResponse:
    customer = access.customer_for(request.user, pk, access.KEEP)
    noted = kind_or_404(kind)
    settling = settling_or_404(noted, act)
    found = _row_or_404(noted, customer, row)
    form = settling.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            settling.settle(found, **form.cleaned_data, by=request.user)
        except DomainError as refused:
            form.add_error(None, str(refused.sentence))
        else:
            return redirect("customers:detail", pk)
    status = 422 if form.errors else 200
    context = {
        "customer": customer, "form": form, "title": settling.label, "line": line_of(found),
    }  # fmt: skip
    return render(request, "customers/form.html", context, status=status)


def _row_or_404(kind: Noted, customer: Customer, pk: int) -> Note:
    found: Note | None = _rows(kind, customer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
