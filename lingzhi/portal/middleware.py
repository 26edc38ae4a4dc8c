"""What nobody has to sign in for takes no endless bodies."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lingzhi.portal.forms.public import MOST_BYTES, MOST_FILES

MOST = MOST_FILES * MOST_BYTES + 1024 * 1024
Answer = Callable[[HttpRequest], HttpResponse]


def bounded_bodies(get_response: Answer) -> Answer:
    """413 for more than the files that a form of the portal takes, before anything is read."""
    begin = reverse("portal:home")

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.path.startswith(begin) and (not length.isdecimal() or int(length) > MOST):
            return HttpResponse(status=413)
        return get_response(request)

    return middleware
