"""What django-allauth asks us: closed sign-up, our passwords, our lock-out, our encryption."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.services import change_password, give_back_try
from lingzhi.accounts.sessions import STARTED
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal, unseal
from lingzhi.core.middleware import client_address

JUST_SIGNED_IN = timedelta(minutes=5)
SECOND_FACTOR = "mfa_authenticator|data|secret"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The staff number or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A right password gives the counted try back; signing in fully clears the count."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            give_back_try(user.staff_no)
        return user

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if user.one_time_until and user.one_time_until < now():
            messages.error(request, _("The one-time password has expired. Ask for a new one."))
            return redirect("account_login")
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.language:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Nobody is asked twice within minutes: not right after signing in."""
        started = parse_datetime(context.request.session.get(STARTED, ""))
        if started is not None and now() - started < JUST_SIGNED_IN:
            return False
        is_required: bool = super().is_reauthentication_required(app=app)
        return is_required

    def set_password(self, user: User, password: str) -> None:
        request = context.request
        mine = request.user.is_authenticated and request.user.pk == user.pk
        change_password(
            user, password, by=user, keep_session=request.session.session_key if mine else None
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:settings")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are encrypted at rest."""

    def get_totp_label(self, user: User) -> str:
        return user.staff_no

    def get_totp_issuer(self) -> str:
        return "Lingzhi"

    def encrypt(self, text: str) -> str:
        return seal(text, SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, SECOND_FACTOR)
