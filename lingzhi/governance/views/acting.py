"""What several pages of meetings do alike."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.sending import sent_well
from lingzhi.governance.models import Meeting

Words = str | Promise


def act_page(
    request: SignedIn, meeting: Meeting, form: BaseForm, act: Callable[[], object],
    *, title: Words, done: Words, note: Words = "", button: Words = "",
) -> HttpResponse:  # fmt: skip
    """A form of its own for one act on a meeting; done, it leads back to its page."""
    if sent_well(request, form, act):
        messages.success(request, str(done))
        return redirect("governance:meeting", meeting.pk)
    back = reverse("governance:meeting", args=[meeting.pk])
    context = {
        "form": form, "title": title, "back": back, "back_title": meeting.series.name,
        "note": note, "button": button,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "governance/meetings/form.html", context, status=status)


def acted(request: SignedIn, meeting: Meeting, done: Words) -> HttpResponse:
    """An act without a form is done."""
    messages.success(request, str(done))
    return redirect("governance:meeting", meeting.pk)
