"""The addresses of signing in: django-allauth's views, and only those that are needed.

There is no sign-up, no change of the e-mail address and no sign-in by anything but staff number,
password and second factor. The names are allauth's, which reverses them itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path

from lingzhi.accounts.queries import has_people

View = Callable[..., HttpResponse]


def _answering_422(view: View) -> View:
    """A form that comes back with errors says so in its status, as everywhere else."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return answer


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Before the first set-up there is nobody to sign in: the set-up page is shown instead."""
    if not request.user.is_authenticated and not has_people():
        return redirect(settings.SETUP_VIEW)
    return _answering_422(account.login)(request)


_forgotten = account.PasswordResetView.as_view(
    extra_context={"has_mail": bool(settings.EMAIL_HOST)}
)

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/code/", _answering_422(mfa.authenticate), name="mfa_authenticate"),
    path("confirm/", _answering_422(account.reauthenticate), name="account_reauthenticate"),
    path("confirm/code/", _answering_422(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("password/", _answering_422(account.password_change), name="account_change_password"),
    path(
        "password/forgotten/",
        _answering_422(_forgotten),
        name="account_reset_password",
    ),
    path("password/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _answering_422(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/set-up/", _answering_422(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
