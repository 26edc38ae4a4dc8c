"""What several pages of surveys do alike."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput


def sent_well(request: SignedIn, form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether a valid form was sent and the act was done; what was wrong stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except BadInput as wrong:
        field = wrong.field if wrong.field in form.fields else None
        form.add_error(field, str(wrong.sentence).split("\n"))
        return False
    return True


def form_page(
    request: SignedIn, form: BaseForm, *, title: str, back: str, back_title: str, note: str = ""
) -> HttpResponse:
    """One form on a page of its own; `back` is where it came from."""
    context = {"form": form, "title": title, "back": back, "back_title": back_title, "note": note}
    status = 422 if form.errors else 200
    return render(request, "surveys/form.html", context, status=status)
