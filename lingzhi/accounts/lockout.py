"""django-axes with our own count: it stops a locked sign-in, `take_try` decides."""

from typing import Any

from axes.handlers.base import AxesHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lingzhi.accounts.models import User
from lingzhi.accounts.queries import current_policy
from lingzhi.accounts.services import clear_tries, take_try
from lingzhi.audit.services import record


class LockOut(AxesHandler):
    """Axes calls `is_allowed` before each password check and tells us how it went."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        is_allowed = take_try(_staff_no(credentials))
        request.axes_locked_out = not is_allowed  # type: ignore[attr-defined]
        return is_allowed

    def user_login_failed(
        self,
        sender: str,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> None:
        # A number nobody has is not recorded: it may be a password typed into the wrong field.
        person = User.objects.filter(staff_no__iexact=_staff_no(credentials)).first()
        if person is None:
            return
        is_locked = bool(getattr(request, "axes_locked_out", False))
        action = "accounts.sign_in_refused" if is_locked else "accounts.sign_in_failed"
        with transaction.atomic():
            record(None, action, person)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        with transaction.atomic():
            clear_tries(user.staff_no)
            record(user, "accounts.signed_in", user)

    def user_logged_out(
        self, sender: Any, request: HttpRequest, user: User | None, **kwargs: Any
    ) -> None:
        if user is not None:
            with transaction.atomic():
                record(user, "accounts.signed_out", user)


def _staff_no(credentials: dict[str, Any] | None) -> str:
    return str((credentials or {})["username"])


def locked_page(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Says that it is locked and for how long at most; the same for unknown numbers."""
    minutes = current_policy().lock_minutes
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)
