"""Channels of the company for notices to people: what they are, and what became of the notices."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.notifications import access
from lingzhi.notifications.forms import ChannelForm, QuietHoursForm
from lingzhi.notifications.models import Channel
from lingzhi.notifications.queries import channel_rows, deliveries_by, house_hours, mail_counts
from lingzhi.notifications.services.channels import (
    end_channel,
    open_channel,
    set_quiet_hours,
    try_channel,
)
from lingzhi.notifications.words import answer_in_words


@require_http_methods(["GET", "POST"])
def channels(request: SignedIn) -> HttpResponse:
    """All channels, mail beside them, and a form for another."""
    access.require_settings(request.user)
    form = ChannelForm(request.POST or None)
    if sent_well(request, form, lambda: open_channel(**form.cleaned_data, by=request.user)):
        messages.success(request, _("The channel is open: send a test into it."))
        return redirect("notifications:channels")
    context = {
        "page": page_of(request, channel_rows()),
        "form": form,
        "mail": mail_counts(),
        "hours": house_hours(),
    }
    status = 422 if form.errors else 200
    return render(request, "notifications/channels/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def quiet(request: SignedIn) -> HttpResponse:
    """The quiet hours of the company."""
    access.require_settings(request.user)
    hours = house_hours()
    first = {"begins_at": hours.begins_at, "ends_at": hours.ends_at} if hours else {}
    form = QuietHoursForm(request.POST or None, initial=first)
    if sent_well(request, form, lambda: set_quiet_hours(**form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("notifications:channels")
    status = 422 if form.errors else 200
    return render(request, "notifications/channels/quiet.html", {"form": form}, status=status)


@require_GET
def mail(request: SignedIn) -> HttpResponse:
    """What went to people by mail."""
    access.require_settings(request.user)
    return _what_left(request, None)


@require_GET
def channel(request: SignedIn, pk: int) -> HttpResponse:
    """One channel, and what was posted there."""
    return _what_left(request, access.channel_to_change(request.user, pk))


def _what_left(request: SignedIn, found: Channel | None) -> HttpResponse:
    """Who was told when and how it ended; not what: that is between the program and the person."""
    state = request.GET.get("state", "")
    page = page_of(request, deliveries_by(found, state))
    for delivery in page:
        delivery.words = answer_in_words(delivery.answer)
    context = {"channel": found, "page": page, "state": state}
    return render(request, "notifications/channels/channel.html", context)


@require_POST
def trial(request: SignedIn, pk: int) -> HttpResponse:
    """Send a test now, and say what came of it."""
    found = access.channel_to_change(request.user, pk)
    problem = try_channel(found, by=request.user)
    if problem is None:
        messages.success(request, _("The test arrived: look into the group."))
    else:
        messages.error(request, answer_in_words(problem[0]))
    return redirect("notifications:channel", found.pk)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    end_channel(access.channel_to_change(request.user, pk), by=request.user)
    messages.success(request, _("The channel is closed."))
    return redirect("notifications:channels")
