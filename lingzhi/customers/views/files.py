"""The list of customers and the customer's file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import panels_of
from lingzhi.customers.access import files as access
from lingzhi.customers.forms.files import (
    CustomerFilters,
    FileForm,
    IdentifierForm,
    ManagerForm,
    NewFileForm,
    RevealForm,
)
from lingzhi.customers.presenting.files import file_context, rows_of
from lingzhi.customers.services import files as services
from lingzhi.customers.views.notes import cards_of


@require_GET
def customers(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = CustomerFilters(request.GET, user=request.user)
    rows = form.narrow().select_related("company", "manager").prefetch_related("identifiers")
    page = page_of(request, rows)
    context = {"page": page, "rows": rows_of(list(page.object_list)), "form": form}
    template = "customers/_rows.html" if request.htmx else "customers/list.html"
    return render(request, template, context)


@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """Everything about a customer on one page; a merged file leads to the one that was kept."""
    customer = access.customer_to_read(request.user, pk)
    if customer.merged_into_id:
        return redirect("customers:detail", customer.merged_into_id)
    context = file_context(customer) | {
        "rights": set() if customer.erased_at else access.rights_of(request.user),
        "cards": cards_of(customer),
        "panels": panels_of("customers.detail", request.user, customer),
        "merges": customer.merges.filter(undone_at=None).select_related("merged", "merged_by"),
    }
    return render(request, "customers/detail.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.KEEP)
    form = NewFileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.begin_file(form.identifiers(), by=request.user, **form.facts())
        except services.KnownAlready as known:
            messages.info(request, str(known.sentence))
            return redirect("customers:detail", known.customer)
        except BadInput as bad:
            form.add_error(bad.field, str(bad.sentence))
        else:
            return redirect("customers:detail", made.pk)
    status = 422 if form.errors else 200
    return render(request, "customers/add.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    customer = access.customer_for(request.user, pk, access.KEEP)
    held = {name: getattr(customer, name) for name in services.FACTS}
    form = FileForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        services.change_file(customer, by=request.user, **form.cleaned_data)
        return redirect("customers:detail", pk)
    status = 422 if form.errors else 200
    context = {"customer": customer, "form": form, "title": _("Change the file")}
    return render(request, "customers/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def add_identifier(request: SignedIn, pk: int) -> HttpResponse:
    customer = access.customer_for(request.user, pk, access.KEEP)
    form = IdentifierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_identifier(customer, **form.cleaned_data, by=request.user)
        except (services.KnownAlready, services.HasOne) as refused:
            form.add_error("value", str(refused.sentence))
        else:
            return redirect("customers:detail", pk)
    status = 422 if form.errors else 200
    context = {"customer": customer, "form": form, "title": _("Add what identifies the customer")}
    return render(request, "customers/form.html", context, status=status)


@require_POST
def drop_identifier(request: SignedIn, pk: int, identifier: UUID) -> HttpResponse:
    found = access.identifier_of(request.user, pk, identifier, access.KEEP)
    services.drop_identifier(found, reason=request.POST.get("reason", ""), by=request.user)
    return redirect("customers:detail", pk)


@require_http_methods(["GET", "POST"])
def reveal(request: SignedIn, pk: int, identifier: UUID) -> HttpResponse:
    """Ask for a reason, then show the full value."""
    found = access.identifier_of(request.user, pk, identifier, access.UNMASK)
    form = RevealForm(request.POST or None)
    context = {"customer": found.customer, "identifier": found, "form": form}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        context["plain"] = services.reveal_identifier(found, reason=reason, by=request.user)
    status = 422 if form.errors else 200
    template = "customers/_reveal.html" if request.htmx else "customers/reveal.html"
    return render(request, template, context, status=status)


@require_http_methods(["GET", "POST"])
def give_manager(request: SignedIn, pk: int) -> HttpResponse:
    customer = access.customer_for(request.user, pk, access.MANAGE)
    form = ManagerForm(request.POST or None, initial={"manager": customer.manager_id})
    if request.method == "POST" and form.is_valid():
        services.give_manager(customer, form.cleaned_data["manager"], by=request.user)
        return redirect("customers:detail", pk)
    status = 422 if form.errors else 200
    context = {"customer": customer, "form": form, "title": _("Who looks after this customer")}
    return render(request, "customers/form.html", context, status=status)
