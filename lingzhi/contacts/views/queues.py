"""Queues and the teams that answer for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access.calls import queue_to_give, require
from lingzhi.contacts.forms.calls import QueueForm
from lingzhi.contacts.queries.queues import queues as all_queues
from lingzhi.contacts.services.queues import give_queue
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of


@require_GET
def queues(request: SignedIn) -> HttpResponse:
    """Each queue with its team; those of no team first."""
    require(request.user, "system.settings")
    page = page_of(request, all_queues())
    shown = [(one, QueueForm(initial={"unit": one.unit_id}, prefix=str(one.pk))) for one in page]
    return render(request, "contacts/calls/queues.html", {"page": page, "shown": shown})


@require_POST
def give(request: SignedIn, pk: int) -> HttpResponse:
    """The queue belongs to this team from now on."""
    queue = queue_to_give(request.user, pk)
    form = QueueForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        raise BadInput(_("Choose a unit of the list."), field="unit")
    give_queue(queue, form.cleaned_data["unit"], by=request.user)
    messages.success(request, _("Kept. Calls that nobody took are being given to the team."))
    return redirect("contacts:queues")
