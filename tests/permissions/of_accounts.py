from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import SavedView, Token
from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose


def saved_view(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = SavedView.objects.create(
        person=whose.person, page="contacts:list", name="mine", query="", created_at=now()
    )
    return {"pk": row.pk}


def token(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Token.objects.create(
        person=whose.person, name="mine", digest="0", hint="0000", capabilities=["cases.read"],
        created_at=now(), expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    return {"pk": row.pk}


ROUTES = {
    "account_login": Route(),
    "account_logout": Route(method="post"),
    "account_inactive": Route(),
    "account_reauthenticate": Route(),
    "account_change_password": Route(),
    "account_reset_password": Route(),
    "account_reset_password_done": Route(),
    "account_reset_password_from_key": Route(
        lambda cast, whose: {"uidb36": "0", "key": "0-0"},
        missing={"uidb36": "9", "key": "9-9"},
    ),
    "account_reset_password_from_key_done": Route(),
    "mfa_authenticate": Route(),
    "mfa_reauthenticate": Route(),
    "mfa_index": Route(),
    "mfa_activate_totp": Route(),
    "mfa_deactivate_totp": Route(),
    "mfa_view_recovery_codes": Route(),
    "mfa_generate_recovery_codes": Route(),
    "accounts:settings": Route(),
    "accounts:preferences": Route(method="post"),
    "accounts:set_theme": Route(method="post"),
    "accounts:end_others": Route(method="post"),
    "accounts:view_save": Route(method="post"),
    "accounts:view_forget": Route(saved_view, method="post"),
    "accounts:tokens": Route(),
    "accounts:revoke_token": Route(token, method="post"),
    "accounts:policy": Route(),
    "accounts:roles": Route(),
}
