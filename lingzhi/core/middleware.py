"""What every request passes: an id and an origin, and the page for a refused act."""

import ipaddress
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.origin import Origin, current_origin

Answer = Callable[[HttpRequest], HttpResponse]


def request_origin(get_response: Answer) -> Answer:
    """Give the request an id, remember the client's address, keep private pages out of caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        origin = Origin(uuid.uuid4().hex, client_address(request), "web")
        token = current_origin.set(origin)
        try:
            response = get_response(request)
        finally:
            current_origin.reset(token)
        response["X-Request-ID"] = origin.request_id
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return middleware


def client_address(request: HttpRequest) -> str:
    """The nearest address that is not one of our proxies (`TRUSTED_PROXIES`)."""
    address = request.META.get("REMOTE_ADDR", "")
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while chain and _is_trusted(address):
        address = chain.pop().strip()
    return address


def _is_trusted(address: str) -> bool:
    try:
        client = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(client in network for network in settings.TRUSTED_PROXIES)


def domain_errors(get_response: Answer) -> Answer:
    """Bad input answers 422, an act that the state forbids 409, each with its sentence."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        status = 422 if isinstance(error, BadInput) else 409
        return render(request, f"{status}.html", {"error": error}, status=status)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
