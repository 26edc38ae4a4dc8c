"""Opinions of customers that were passed on, and the departments' answers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.customers.access import opinions as access
from lingzhi.customers.access.files import READ
from lingzhi.customers.services.opinions import answer_opinion


@require_GET
def opinions(request: SignedIn) -> HttpResponse:
    rows = access.opinions_for(request.user)
    if request.GET.get("state") == "open":
        rows = rows.filter(answered_at=None)
    context = {"page": page_of(request, rows), "sees_customers": request.user.can(READ)}
    return render(request, "customers/opinions/list.html", context)


@require_GET
def opinion(request: SignedIn, pk: int) -> HttpResponse:
    found = access.opinion_to_read(request.user, pk)
    context = {
        "opinion": found,
        "may_answer": found.answered_at is None and access.may_answer(request.user, found),
        "sees_customers": request.user.can(READ),
    }
    return render(request, "customers/opinions/detail.html", context)


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    found = access.opinion_to_answer(request.user, pk)
    answer_opinion(found, answer=request.POST.get("answer", ""), by=request.user)
    return redirect("customers:opinion", pk)
