"""Systems that are told what happens, and what became of each message."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.notifications import access
from lingzhi.notifications.events import EVENTS
from lingzhi.notifications.forms import WebhookForm
from lingzhi.notifications.queries import messages_of, webhook_rows
from lingzhi.notifications.services.webhooks import connect_webhook, cut_off_webhook, send_again


@require_http_methods(["GET", "POST"])
def webhooks(request: SignedIn) -> HttpResponse:
    """All systems, and a form for another; a new secret stands here once."""
    access.require_settings(request.user)
    form = WebhookForm(request.POST or None)
    connected = None
    if request.method == "POST" and form.is_valid():
        try:
            connected = connect_webhook(**form.cleaned_data, by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            form = WebhookForm()
    page = page_of(request, webhook_rows())
    context = {"page": page, "form": form, "connected": connected}
    status = 422 if form.errors else 200
    return render(request, "notifications/webhooks/list.html", context, status=status)


@require_GET
def webhook(request: SignedIn, pk: int) -> HttpResponse:
    """One system with the messages to it, the newest first."""
    found = access.webhook_to_read(request.user, pk)
    state = request.GET.get("state", "")
    page = page_of(request, messages_of(found, state))
    for message in page:
        message.words = EVENTS.get(message.event, message.event)
    context = {
        "webhook": found,
        "page": page,
        "state": state,
        "events": [EVENTS.get(code, code) for code in found.events],
    }
    return render(request, "notifications/webhooks/webhook.html", context)


@require_POST
def cut_off(request: SignedIn, pk: int) -> HttpResponse:
    cut_off_webhook(access.webhook_to_read(request.user, pk), by=request.user)
    messages.success(request, _("The system is cut off."))
    return redirect("notifications:webhooks")


@require_POST
def again(request: SignedIn, pk: int) -> HttpResponse:
    """Send a message once more."""
    message = access.message_to_send(request.user, pk)
    send_again(message, by=request.user)
    messages.success(request, _("The message is on its way again."))
    return redirect("notifications:webhook", message.webhook_id)
