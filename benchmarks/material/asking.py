"""Asks for pages as signed-in people and takes the time."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.conf import settings
from django.test import Client
from django.urls import reverse

from lingzhi.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def milliseconds(pages: Iterable[tuple[str, str, str]], rounds: int) -> dict[str, list[float]]:
    """For each page (staff number, name of the route, query) the time of each of `rounds`."""
    settings.ALLOWED_HOSTS = ["*"]
    found: dict[str, list[float]] = {}
    for staff_no, name, query in pages:
        client = Client()
        client.force_login(User.objects.get(staff_no=staff_no), backend=BACKEND)
        url = reverse(name) + query
        found[f"{staff_no} {name}{query}"] = [_once(client, url) for _round in range(rounds)]
    return found


def _once(client: Client, url: str) -> float:
    began = time.perf_counter()
    answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answered {answer.status_code}")
    return (time.perf_counter() - began) * 1000
