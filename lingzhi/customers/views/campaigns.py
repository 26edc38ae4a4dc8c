"""The yearly demand campaign, and how loyal customers are."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import DomainError
from lingzhi.core.pagination import page_of
from lingzhi.customers.access.files import KEEP, MANAGE, READ, customer_for, require
from lingzhi.customers.forms.rules import CampaignForm, EntryForm, PeriodFilters
from lingzhi.customers.models import Campaign
from lingzhi.customers.presenting.files import rows_of
from lingzhi.customers.presenting.loyalty import shown_loyalty
from lingzhi.customers.queries.campaigns import missing, progress_of
from lingzhi.customers.queries.loyalty import loyalty_in
from lingzhi.customers.queries.segments import belonging
from lingzhi.customers.services.campaigns import enter, open_campaign


def _campaign(pk: int) -> Campaign:
    found = Campaign.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def campaigns(request: SignedIn) -> HttpResponse:
    """All campaigns; a new one is opened here."""
    require(request.user, MANAGE if request.method == "POST" else READ)
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = open_campaign(**form.cleaned_data, by=request.user)
        return redirect("customers:campaign", made.pk)
    context = {
        "campaigns": Campaign.objects.all(), "form": form, "may_open": request.user.can(MANAGE),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "customers/campaigns/list.html", context, status=status)


@require_GET
def campaign(request: SignedIn, pk: int) -> HttpResponse:
    """How far it is, and whom is still missing: one's own customers first where one has any."""
    require(request.user, READ)
    found = _campaign(pk)
    mine = request.GET.get("whose") == "me"
    if request.GET.get("show") == "entries":
        page = page_of(request, found.entries.select_related("customer", "noted_by"))
        rows = []
    else:
        left = missing(found).select_related("company", "manager").order_by("manager", "pk")
        left = left.filter(manager=request.user) if mine else left
        page = page_of(request, left.prefetch_related("identifiers"))
        rows = rows_of(list(page.object_list))
    context = {
        "campaign": found, "progress": progress_of(found), "page": page, "rows": rows,
        "may_keep": request.user.can(KEEP), "is_mine": mine,
        "shows_entries": request.GET.get("show") == "entries",
    }  # fmt: skip
    return render(request, "customers/campaigns/detail.html", context)


@require_http_methods(["GET", "POST"])
def add_entry(request: SignedIn, pk: int, campaign: int) -> HttpResponse:
    customer = customer_for(request.user, pk, KEEP)
    found = _campaign(campaign)
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enter(found, customer, **form.cleaned_data, by=request.user)
        except DomainError as refused:
            form.add_error(None, str(refused.sentence))
        else:
            return redirect("customers:campaign", campaign)
    status = 422 if form.errors else 200
    title = _("Campaign %(year)s") % {"year": found.year}
    context = {"customer": customer, "form": form, "title": title}
    return render(request, "customers/form.html", context, status=status)


@require_GET
def loyalty(request: SignedIn) -> HttpResponse:
    """Repurchase, churn and loyalty, each with its counts and interval."""
    require(request.user, "kpis.read")
    form = PeriodFilters(request.GET)
    period = form.period()
    segment = form.cleaned_data.get("segment")
    found = loyalty_in(period, belonging(segment) if segment else None)
    context = {
        "form": form, "period": period, "active": found.active, "figures": shown_loyalty(found),
    }  # fmt: skip
    template = "customers/campaigns/_loyalty.html" if request.htmx else "customers/loyalty.html"
    return render(request, template, context)
