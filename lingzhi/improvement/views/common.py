"""What several pages of improvement do alike."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.sending import sent_well
from lingzhi.improvement.models import Rectification

Words = str | Promise


def act_page(
    request: SignedIn, row: Rectification, form: BaseForm, act: Callable[[], object],
    *, title: Words, done: Words, note: Words = "", button: Words = "",
) -> HttpResponse:  # fmt: skip
    """A form of its own for one act on a rectification; done, it leads back to its page."""
    if sent_well(request, form, act):
        messages.success(request, str(done))
        return redirect("improvement:rectification", row.pk)
    back = reverse("improvement:rectification", args=[row.pk])
    context = {
        "form": form, "title": title, "back": back, "back_title": row.number, "note": note,
        "button": button,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "improvement/form.html", context, status=status)
