"""One way of asking: show a form, carry the act out, say so, go back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.org.forms import EndForm

Act = Callable[[dict[str, Any]], Any]


def ask(
    request: SignedIn,
    form: forms.BaseForm,
    act: Act,
    *,
    title: str,
    back: str,
    template: str = "org/form.html",
    **page: Any,
) -> HttpResponse:
    """GET shows `form`, POST gives its cleaned data to `act` and goes `back`.

    A constraint of the database or BadInput that `act` trips over becomes an error of the form
    (422).
    """
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        except BadInput as problem:
            place = problem.field if problem.field in form.fields else None
            form.add_error(place, str(problem.sentence))
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    status = 422 if form.errors else 200
    context = {"form": form, "title": title, "back": back, **page}
    return render(request, template, context, status=status)


def last_day(request: SignedIn) -> Any:
    """The day a dialog asked for, or None where it was left empty or is no date."""
    form = EndForm(request.POST)
    return form.cleaned_data["on"] if form.is_valid() else None


def done(request: SignedIn, sentence: str, back: str) -> HttpResponse:
    """Say what was done and go back."""
    messages.success(request, sentence)
    return redirect(back)
