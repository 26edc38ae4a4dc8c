"""What every page of the rulebook refuses: strangers, the wrong right, what is not there."""

from collections.abc import Sequence
from typing import Any

from django.test import Client
from django.urls import reverse

from lingzhi.accounts.models import User

SIGN_IN = "/sign-in/"


def refused(
    client: Client, name: str, args: Sequence[Any], *, by: User, method: str = "get"
) -> int:
    """The status this person gets."""
    client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse(f"rulebook:{name}", args=args)
    return int(getattr(client, method)(url).status_code)


def leads_to_sign_in(client: Client, name: str, args: Sequence[Any], method: str = "get") -> bool:
    """Whether somebody who is not signed in is asked to."""
    client.logout()
    answer = getattr(client, method)(reverse(f"rulebook:{name}", args=args))
    return answer.status_code == 302 and SIGN_IN in answer["Location"]


def words(answer: Any) -> str:
    """What stands on the page."""
    return str(answer.content.decode())
