"""How customers complain: shown to everybody, printed, kept by who sets flows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.channels import channel_to_change
from lingzhi.cases.access.complaints import require_complaining
from lingzhi.cases.forms.channels import ChannelForm
from lingzhi.cases.queries.channels import complaint_channels
from lingzhi.cases.queries.people import SET
from lingzhi.cases.services.channels import end_channel, keep_channel
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.sending import sent_well


@require_GET
def channels(request: SignedIn) -> HttpResponse:
    require_complaining(request.user)
    context = {"channels": complaint_channels(), "may_set": request.user.can(SET)}
    return render(request, "cases/channels/list.html", context)


@require_GET
def printed(request: SignedIn) -> HttpResponse:
    """The notice for the wall."""
    require_complaining(request.user)
    context = {"channels": complaint_channels()}
    return pdf_answer(request, "cases/channels/print.html", context, "complaint-channels")


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new channel, or one that changed."""
    require(request.user, SET)
    row = channel_to_change(request.user, pk) if pk else None
    form = ChannelForm(request.POST or None, instance=row)
    if sent_well(request, form, lambda: keep_channel(form.save(commit=False), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("cases:complaint_channels")
    context = {"form": form, "title": row.name if row else _("New channel")}
    status = 422 if form.errors else 200
    return render(request, "cases/channels/edit.html", context, status=status)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    end_channel(channel_to_change(request.user, pk), by=request.user)
    return redirect("cases:complaint_channels")
