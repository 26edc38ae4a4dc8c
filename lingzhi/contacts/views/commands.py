"""Where a phone system takes commands: the system administrator sets and tries it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access.commands import address_to_try, feed_to_set
from lingzhi.contacts.forms.commands import CommandAddressForm
from lingzhi.contacts.models import CommandAddress, Feed
from lingzhi.contacts.services.command_addresses import keep_address, try_address
from lingzhi.core.egress import is_listed
from lingzhi.core.errors import BadInput


@require_http_methods(["GET", "POST"])
def address(request: SignedIn, pk: int) -> HttpResponse:
    """Address and offers of one phone system; a secret that was made is shown once."""
    feed = feed_to_set(request.user, pk)
    found = CommandAddress.objects.filter(feed=feed).first()
    kept = {"url": found.url, "offers": found.offers} if found else None
    form, secret = CommandAddressForm(request.POST or None, initial=kept), ""
    if request.method == "POST" and form.is_valid():
        secret = _kept(feed, form, request)
        if not (secret or form.errors):
            return redirect("contacts:commands_of_feed", pk)
        found = CommandAddress.objects.filter(feed=feed).first()
    is_closed = found is not None and not is_listed(found.url)
    context = {"feed": feed, "address": found, "form": form, "secret": secret}
    status = 422 if form.errors else 200
    template = "contacts/calls/commands.html"
    return render(request, template, {**context, "is_closed": is_closed}, status=status)


def _kept(feed: Feed, form: CommandAddressForm, request: SignedIn) -> str:
    """Keep what was entered; the secret where one was made. What is wrong stands in the form."""
    try:
        secret = keep_address(feed, **form.cleaned_data, by=request.user)
    except BadInput as wrong:
        form.add_error(wrong.field, str(wrong.sentence))
        return ""
    messages.success(request, _("Saved."))
    return secret


@require_POST
def try_out(request: SignedIn, pk: int) -> HttpResponse:
    """Send a signed test and say what came of it."""
    found = address_to_try(request.user, pk)
    try_address(found, by=request.user)
    found.refresh_from_db()
    if found.problem:
        messages.error(request, found.shown_problem)
    else:
        messages.success(request, _("The phone system answered and knows the secret."))
    return redirect("contacts:commands_of_feed", pk)
