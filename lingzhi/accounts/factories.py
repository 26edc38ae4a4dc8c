"""Callers of the API for tests."""

from collections.abc import Collection
from typing import Any

from django.test import Client

from lingzhi.accounts.models import User
from lingzhi.accounts.queries import offered_over_the_api
from lingzhi.accounts.services.tokens import make_token


def headers_of(person: User, capabilities: Collection[str] | None = None) -> dict[str, str]:
    """The headers of a program that acts for this person, by default with all a token may have."""
    given = offered_over_the_api(person) if capabilities is None else capabilities
    _token, text = make_token(person, name="tests", capabilities=given, days=1)
    return {"Authorization": f"Bearer {text}"}


class Caller:
    """A program with a token: sends and reads JSON."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.client, self.headers = Client(SERVER_NAME="localhost"), headers

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        sent = self.headers | {name.replace("_", "-"): text for name, text in headers.items()}
        return self.client.post(
            f"/api/v1{path}", body, content_type="application/json", headers=sent
        )
