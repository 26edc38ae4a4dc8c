"""Opening a page as those who may: every route of tests/permissions with an object of its own."""

import re
from collections.abc import Iterator

from django.db import transaction
from django.test import Client
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from tests.permissions.actors import actors, token_of, with_roles
from tests.permissions.objects import Route, Whose, routes

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FILTERED = re.compile(rb'<form class="lz-filters"[^>]*hx-target="#([\w-]+)"')


def visitors(cast: Cast) -> list[User]:
    """Who tries to open a page, first those who open most of them."""
    writer = with_roles(cast, "5003", {"quality_manager": "company"})
    return [writer, cast.sol, *actors(cast).values()]


def statuses(name: str, cast: Cast, people: list[User]) -> Iterator[int]:
    """What the page answers to one person after the other, each time about an agent's object,
    or one's own where only that may be seen."""
    route = routes()[name]
    for person in people:
        for owner in (cast.bea, person):
            yield _status(name, route, person, cast, Whose(owner, cast.first))


def opens(name: str, cast: Cast, people: list[User]) -> bool:
    """Whether the page answers 200 to anybody of these people."""
    return any(status == 200 for status in statuses(name, cast, people))


def _status(name: str, route: Route, person: User, cast: Cast, whose: Whose) -> int:
    """The answer, fully drawn; whatever the request did is undone."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    with transaction.atomic():
        if name.startswith("api:"):
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token_of(person)}"
        kwargs = route.make(cast, whose) if route.make else {}
        response = client.get(reverse(name, kwargs=kwargs), route.data)
        if response.streaming:
            b"".join(response)
        else:
            _answers_in_place(response.content)
        transaction.set_rollback(True)
    return int(response.status_code)


def _answers_in_place(page: bytes) -> None:
    """The place that a filter fills is there: without it the page would come into itself."""
    for place in FILTERED.findall(page):
        assert b'id="' + place + b'"' in page, place
