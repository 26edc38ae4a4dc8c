"""Pages of message lines: which there are, one with its address and what was not sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access import lines as access
from lingzhi.contacts.access.chats import require_sites
from lingzhi.contacts.forms.lines import KindForm, LineForm
from lingzhi.contacts.messaging.platforms import platform_of
from lingzhi.contacts.models import ChatSite, MessageLine
from lingzhi.contacts.queries.lines import line_rows, stuck_of
from lingzhi.contacts.services.message_lines import keep_line, retire_line, try_line
from lingzhi.contacts.services.message_sending import give_up, send_again
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of


@require_GET
def lines(request: SignedIn) -> HttpResponse:
    """All lines; a new one begins with its kind."""
    require_sites(request.user)
    has_site = ChatSite.objects.filter(retired_at=None).exists()
    context = {"lines": line_rows(), "form": KindForm(), "has_site": has_site}
    return render(request, "contacts/lines/list.html", context)


@require_GET
def choose(request: SignedIn) -> HttpResponse:
    """On to the form of the kind that was chosen."""
    require_sites(request.user)
    form = KindForm(request.GET)
    if not form.is_valid():
        return redirect("chat:lines")
    return redirect("chat:new_line", form.cleaned_data["kind"])


@require_http_methods(["GET", "POST"])
def new_line(request: SignedIn, kind: str) -> HttpResponse:
    return _edited(request, access.new_line(request.user, kind))


@require_http_methods(["GET", "POST"])
def line(request: SignedIn, pk: int) -> HttpResponse:
    """One line: how it does, its address, what was not sent, and how it is set."""
    return _edited(request, access.line_to_set(request.user, pk))


def _edited(request: SignedIn, found: MessageLine) -> HttpResponse:
    form = LineForm(request.POST or None, instance=found)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = keep_line(form.instance, form.secrets(), by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            messages.success(request, _("Saved."))
            if not secret:
                return redirect("chat:line", found.pk)
    context = _context(request, found) | {"form": form, "secret": secret}
    status = 422 if form.errors else 200
    return render(request, "contacts/lines/line.html", context, status=status)


def _context(request: SignedIn, found: MessageLine) -> dict[str, Any]:
    context: dict[str, Any] = {"line": found, "can_try": platform_of(found).token_call is not None}
    if found.pk:
        path = reverse("chat:line_in", args=[found.key])
        context["address"] = request.build_absolute_uri(path)
        context["page"] = page_of(request, stuck_of(found))
    return context


@require_POST
def retire(request: SignedIn, pk: int) -> HttpResponse:
    retire_line(access.line_to_set(request.user, pk), by=request.user)
    messages.success(request, _("Nothing comes or goes by this line any more."))
    return redirect("chat:lines")


@require_POST
def try_out(request: SignedIn, pk: int) -> HttpResponse:
    """Whether the other system gives us an access token."""
    problem = try_line(access.line_to_set(request.user, pk), by=request.user)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("The other system lets us in."))
    return redirect("chat:line", pk)


@require_POST
def again(request: SignedIn, pk: int) -> HttpResponse:
    message = access.sent_to_settle(request.user, pk)
    send_again(message, by=request.user)
    messages.success(request, _("The message is on its way again."))
    return redirect("chat:line", message.thread.line_id)


@require_POST
def abandon(request: SignedIn, pk: int) -> HttpResponse:
    message = access.sent_to_settle(request.user, pk)
    give_up(message, by=request.user)
    messages.success(request, _("The message is given up."))
    return redirect("chat:line", message.thread.line_id)
