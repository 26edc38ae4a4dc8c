"""What is held of a person: shown by app, given out, erased."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.subjects import subjects
from lingzhi.customers.access.files import ERASE, customer_for
from lingzhi.customers.queries.identity import files_of
from lingzhi.customers.services.privacy import erase_person
from lingzhi.customers.services.privacy import give_out as give


@require_GET
def privacy(request: SignedIn, pk: int) -> HttpResponse:
    customer = customer_for(request.user, pk, ERASE)
    keys = files_of(customer)
    held = [(one.label, one.count(keys)) for one in subjects()]
    return render(request, "customers/privacy.html", {"customer": customer, "held": held})


@require_POST
def give_out(request: SignedIn, pk: int) -> HttpResponse:
    """A copy of everything, as JSON."""
    customer = customer_for(request.user, pk, ERASE)
    found = give(customer, reason=request.POST.get("reason", ""), by=request.user)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{customer}.json"'
    return answer


@require_POST
def erase(request: SignedIn, pk: int) -> HttpResponse:
    customer = customer_for(request.user, pk, ERASE)
    erase_person(customer, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The data of this person were erased."))
    return redirect("customers:detail", pk)
