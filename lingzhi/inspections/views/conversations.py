"""From a figure down to its conversations, and why a rule did not hit in one of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.forms.filters import ConversationFilters
from lingzhi.inspections.presenting.conversations import shown_conversations
from lingzhi.inspections.presenting.explaining import explained

ORDERS = {"started_at", "-started_at", "agent__name", "-agent__name", "turn_count", "-turn_count"}


@require_GET
def conversations(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = ConversationFilters(request.GET, user=request.user)
    sort = request.GET.get("sort", "")
    sort = sort if sort in ORDERS else "-started_at"
    rows = form.wanted.select_related("channel", "agent", "unit").order_by(sort, "-pk")
    page = page_of(request, rows)
    page.object_list = shown_conversations(page.object_list, form.shown_rules)
    htmx = request.htmx
    template = "inspections/_conversations.html" if htmx else "inspections/conversations.html"
    return render(request, template, {"page": page, "form": form, "sort": sort})


@require_GET
def why(request: SignedIn, contact: int, version: int) -> HttpResponse:
    found, judged = access.contact_to_explain(request.user, contact, version)
    template = "inspections/_why.html" if request.htmx else "inspections/why.html"
    context = {"contact": found, "version": judged, "explained": explained(found, judged)}
    return render(request, template, context)
