"""What customers see: a page without an account, that works without script.

Whoever merely fetches a link (a scanner of mails, a preview) leaves no trace: only what a person
sends is kept.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lingzhi.core.errors import DomainError
from lingzhi.core.middleware import client_address
from lingzhi.core.rest.limits import TooManyCalls, calls
from lingzhi.org.queries.privacy import CHANNELS, notice_on
from lingzhi.surveys.forms.answering import given_from, number_in
from lingzhi.surveys.models import Place
from lingzhi.surveys.queries.answering import answering_at_place, asked_on, invitation_of
from lingzhi.surveys.services.answering import AnsweredAlready, Missing
from lingzhi.surveys.services.asking import hash_of
from lingzhi.surveys.views.walking import Walk

A_MINUTE = 600  # pages an address may fetch or send: the customers of a shop share one
View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """No account, a limit for each address, and kind words instead of an error."""

    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            calls.take(f"survey:{client_address(request)}", A_MINUTE)
            return view(request, *args, **named)
        except TooManyCalls as many:
            response = _closed(request, "busy", 429)
            response["Retry-After"] = str(many.again_in)
            return response
        except AnsweredAlready:
            return _closed(request, "thanks", 200)
        except DomainError:
            return _closed(request, "expired", 410)

    return answered


def _closed(request: HttpRequest, why: str, status: int, survey: Any = None) -> HttpResponse:
    context = {"why": why, "survey": survey}
    return render(request, "surveys/public/closed.html", context, status=status)


@open_to_all
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation."""
    found = invitation_of(hash_of(token))
    if found is None:
        return _closed(request, "unknown", 404)
    if found.finished_at is not None:
        return _closed(request, "thanks", 200, found.version)
    return _page(request, Walk.of_invitation(found), reverse("surveys:answer", args=[token]))


@open_to_all
def at_place(request: HttpRequest, code: str) -> HttpResponse:
    """The code at a counter: who sends a first page goes on under a secret of their own."""
    rows = Place.objects.filter(code=code, closed_at=None).select_related("questionnaire")
    found = rows.first()
    if found is None:
        return _closed(request, "unknown", 404)
    return _page(request, Walk.of_place(found, request.POST.get("secret", "")), "")


@open_to_all
def go_on(request: HttpRequest, secret: str) -> HttpResponse:
    """The further pages of who answers at a counter."""
    found = answering_at_place(hash_of(secret))
    if found is None:
        return _closed(request, "thanks", 200)
    return _page(request, Walk.of_answering(found), reverse("surveys:go_on", args=[secret]))


def _page(request: HttpRequest, walk: Walk, here: str) -> HttpResponse:
    at = walk.place_of(number_in(request.POST if request.method == "POST" else request.GET))
    if request.method != "POST":
        return _shown(request, walk.context(at))
    given = given_from(request.POST, asked_on(walk.read, walk.given, at))
    try:
        after = walk.send(at, given)
    except Missing as wrong:
        return _shown(request, walk.context(at, given, wrong), 422)
    here = here or reverse("surveys:go_on", args=[walk.secret])
    if after is None:
        return redirect(here)
    return redirect(f"{here}?page={after}")


def _shown(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page with what customers are told about their data."""
    context["notice"] = notice_on(CHANNELS.SURVEY)
    return render(request, "surveys/public/page.html", context, status=status)
