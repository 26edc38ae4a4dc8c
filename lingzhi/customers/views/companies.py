"""Companies that are served, with their contact persons and what they were delivered."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.customers.access.files import KEEP, READ, company_to_read, require
from lingzhi.customers.forms.files import CompanyForm
from lingzhi.customers.models import Company, Delivery
from lingzhi.customers.presenting.files import rows_of
from lingzhi.customers.queries.files import live
from lingzhi.customers.services.companies import keep_company

SHOWN = 50


@require_GET
def companies(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    text = request.GET.get("text", "").strip()[:100]
    rows = Company.objects.filter(name__icontains=text) if text else Company.objects.all()
    context = {"page": page_of(request, rows), "text": text}
    return render(request, "customers/companies/list.html", context)


@require_GET
def company(request: SignedIn, pk: int) -> HttpResponse:
    found = company_to_read(request.user, pk)
    people = live().filter(company=found).select_related("company", "manager")
    deliveries = Delivery.objects.filter(customer__company=found).select_related("customer")
    context = {
        "company": found,
        "rows": rows_of(list(people.prefetch_related("identifiers")[:SHOWN])),
        "page": page_of(request, deliveries),
        "may_keep": request.user.can(KEEP),
    }
    return render(request, "customers/companies/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit_company(request: SignedIn, pk: int | None = None) -> HttpResponse:
    require(request.user, KEEP)
    held = company_to_read(request.user, pk) if pk else None
    form = CompanyForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        kept = keep_company(form.save(commit=False), by=request.user)
        return redirect("customers:company", kept.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "title": held.name if held else _("New company")}
    return render(request, "customers/companies/edit.html", context, status=status)
