"""The request of a signed-in person, for the types of views behind the sign-in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from lingzhi.accounts.models import User


class SignedIn(HttpRequest):
    """What LoginRequiredMiddleware lets through: `user` is never anonymous."""

    user: User
    htmx: HtmxDetails
