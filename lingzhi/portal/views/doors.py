"""The door of every page for customers: no sign-in, where the portal is open, not too often."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from lingzhi.core.middleware import client_address
from lingzhi.core.rest.limits import TooManyCalls
from lingzhi.portal.models import PortalSettings
from lingzhi.portal.queries.settings import portal_settings
from lingzhi.portal.services.limits import take_look

View = Callable[..., HttpResponseBase]


class Visit(HttpRequest):
    """The request of a customer: nobody is signed in, the portal's settings are known."""

    portal: PortalSettings


def public(view: View) -> View:
    """Open to everybody while the portal is; 429 for who asks too often."""

    @always
    @wraps(view)
    def inner(request: Visit, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.portal.is_open:
            raise Http404
        return view(request, *args, **kwargs)

    return inner


def always(view: View) -> View:
    """Open to everybody, whether the portal is or not; 429 for who asks too often."""

    @login_not_required
    @wraps(view)
    def inner(request: Visit, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.portal = portal_settings()
        try:
            take_look(client_address(request))
        except TooManyCalls as much:
            return shown(request, "portal/too_many.html", {"again_in": much.again_in}, status=429)
        return view(request, *args, **kwargs)

    return inner


def shown(
    request: Visit, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of the portal."""
    context = {"portal": request.portal, **(context or {})}
    return render(request, template, context, status=status)
