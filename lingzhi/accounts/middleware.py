"""Sessions end in time, and what a person must do first comes before everything else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from lingzhi.accounts.devices import device_name
from lingzhi.accounts.queries import current_policy, needs_new_password, needs_second_factor
from lingzhi.accounts.sessions import ADDRESS, DEVICE, SEEN, STARTED
from lingzhi.core.clock import now
from lingzhi.core.middleware import client_address

Answer = Callable[[HttpRequest], HttpResponse]

# A page that only refreshes itself must not keep an abandoned desk signed in.
BACKGROUND_HEADER = "Lz-Background"
TOUCH_EVERY = timedelta(seconds=60)
OPEN_TO_ALL = frozenset(
    {
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "set_language",
    }
)


def session_limits(get_response: Answer) -> Answer:
    """Sign out after idle minutes and after hours at the latest, as the policy says.

    The time last seen is written at most once a minute, so that reading pages stays reading.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _keep_or_end(request)
        return get_response(request)

    return middleware


def _keep_or_end(request: HttpRequest) -> None:
    moment = now()
    started, seen = _time(request, STARTED), _time(request, SEEN)
    if started is None or seen is None:
        _note(request, moment)
        return
    if moment - seen < TOUCH_EVERY:
        return
    policy = current_policy()
    is_idle = moment - seen > timedelta(minutes=policy.idle_minutes)
    if is_idle or moment - started > timedelta(hours=policy.absolute_hours):
        logout(request)
        messages.info(request, _("You were signed out. Please sign in again."))
    elif BACKGROUND_HEADER not in request.headers:
        request.session[SEEN] = moment.isoformat()


def _note(request: HttpRequest, moment: datetime) -> None:
    request.session[STARTED] = request.session[SEEN] = moment.isoformat()
    request.session[ADDRESS] = client_address(request)
    request.session[DEVICE] = device_name(request.headers.get("User-Agent", ""))


def _time(request: HttpRequest, name: str) -> datetime | None:
    return parse_datetime(request.session.get(name, ""))


def first_duties(get_response: Answer) -> Answer:
    """A handed-out password must be changed, a privileged role needs its second factor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or _is_open(request):
            return None
        if needs_new_password(request.user):
            messages.warning(request, _("Please choose a new password first."))
            return redirect("account_change_password")
        if needs_second_factor(request.user):
            messages.warning(request, _("Your role needs a second factor. Set it up first."))
            return redirect("mfa_activate_totp")
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in OPEN_TO_ALL
