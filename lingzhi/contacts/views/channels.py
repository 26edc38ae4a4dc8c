"""The register of channels: who offers what, when, how fast, and who answers for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access import channels as access
from lingzhi.contacts.access.calls import require
from lingzhi.contacts.forms.channels import ChannelForm, NormForm
from lingzhi.contacts.presenting import shown_channels
from lingzhi.contacts.services.channels import keep_channel, set_norm
from lingzhi.core.panels import panels_of
from lingzhi.core.sending import sent_well


@require_GET
def channels(request: SignedIn) -> HttpResponse:
    require(request.user, access.READ)
    context = {
        "channels": shown_channels(request.user),
        "may_keep": access.may_keep(request.user),
        "may_compare": request.user.can("kpis.read"),
    }
    return render(request, "contacts/channels/list.html", context)


@require_GET
def channel(request: SignedIn, pk: int) -> HttpResponse:
    found = access.channel_to_read(request.user, pk)
    shown = next(one for one in shown_channels(request.user) if one.entry.channel == found)
    context = {
        "one": shown,
        "may_keep": access.may_keep(request.user),
        "may_aim": request.user.can(access.KEEP),
        "panels": panels_of("contacts.channel", request.user, found),
    }
    return render(request, "contacts/channels/channel.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new channel, or what changes about one."""
    access.require_keeping(request.user)
    found = access.channel_to_keep(request.user, pk) if pk else None
    form = ChannelForm(request.POST or None, instance=found)
    if sent_well(request, form, lambda: keep_channel(form.instance, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("contacts:channel", form.instance.pk)
    context = {"form": form, "channel": found}
    status = 422 if form.errors else 200
    return render(request, "contacts/channels/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def norm(request: SignedIn, pk: int) -> HttpResponse:
    """How fast the channel answers from a day on."""
    found = access.channel_to_aim(request.user, pk)
    unit = access.unit_of_norms(request.user)
    form = NormForm(request.POST or None)
    if sent_well(
        request, form, lambda: set_norm(found, unit, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, _("Saved."))
        return redirect("contacts:channel", found.pk)
    context = {"form": form, "channel": found, "unit": unit}
    status = 422 if form.errors else 200
    return render(request, "contacts/channels/norm.html", context, status=status)
