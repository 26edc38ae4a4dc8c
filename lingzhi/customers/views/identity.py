"""One customer over channels: merging files, undoing it, files that look alike."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.customers.access import files, identity
from lingzhi.customers.forms.identity import MergeForm
from lingzhi.customers.presenting.files import rows_of
from lingzhi.customers.presenting.identity import pairs_of
from lingzhi.customers.queries.identity import like, open_likenesses
from lingzhi.customers.services.likenesses import keep_apart
from lingzhi.customers.services.merging import merge_customers, undo_merge


@require_http_methods(["GET", "POST"])
def merge(request: SignedIn, pk: int) -> HttpResponse:
    """Merge another file into this one."""
    customer = files.customer_for(request.user, pk, files.MERGE)
    given = request.POST if request.method == "POST" else None
    form = MergeForm(given, customer=customer, initial={"other": request.GET.get("other", "")})
    if form.is_valid():
        other = form.cleaned_data["other"]
        merge_customers(customer, other, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("%(customer)s is merged into this file.") % {"customer": other})
        return redirect("customers:detail", pk)
    context = {"customer": customer, "form": form, "rows": rows_of(like(customer))}
    status = 422 if form.errors else 200
    return render(request, "customers/identity/merge.html", context, status=status)


@require_POST
def undo(request: SignedIn, pk: int) -> HttpResponse:
    found = identity.merge_to_undo(request.user, pk)
    undo_merge(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Two files again."))
    return redirect("customers:detail", found.merged_id)


@require_GET
def likenesses(request: SignedIn) -> HttpResponse:
    """Pairs of files that look like one customer's."""
    files.require(request.user, files.MERGE)
    page = page_of(request, open_likenesses())
    context = {"page": page, "pairs": pairs_of(list(page.object_list))}
    return render(request, "customers/identity/likenesses.html", context)


@require_POST
def apart(request: SignedIn, pk: int) -> HttpResponse:
    keep_apart(identity.likeness_to_judge(request.user, pk), by=request.user)
    return redirect("customers:likenesses")
