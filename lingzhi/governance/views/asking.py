"""A form of its own for one act on an audit; done, it leads back to its page."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.sending import sent_well
from lingzhi.governance.models import Audit


def ask(
    request: SignedIn, form: BaseForm, act: Callable[[], object],
    *, audit: Audit, title: str, note: str = "",
) -> HttpResponse:  # fmt: skip
    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("governance:audit", audit.pk)
    context = {
        "form": form, "title": title, "note": note, "audit": audit,
        "back": reverse("governance:audit", args=[audit.pk]),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "governance/audits/act.html", context, status=status)
