"""What several pages of governance do alike."""

from collections.abc import Callable

from django.contrib import messages
from django.db import models
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.sending import sent_well

Words = str | Promise
Place = tuple[Words, Words]  # address and words of where one came from


def form_page(
    request: SignedIn, form: BaseForm, act: Callable[[], models.Model], *, title: Words,
    above: Place, to: str, note: Words = "", button: Words = "", done: Words = "",
    back: Place | None = None,
) -> HttpResponse:  # fmt: skip
    """A form of its own for one act; done, it leads to the page `to` of what the act gave."""
    result: list[models.Model] = []
    if sent_well(request, form, lambda: result.append(act())):
        if done:
            messages.success(request, str(done))
        return redirect(to, result[0].pk)
    context = {
        "form": form, "title": title, "above": above, "back": back, "note": note, "button": button,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "governance/form.html", context, status=status)
