"""Asks for pages as signed-in people and takes the time."""

from __future__ import annotations

import time

from django.conf import settings
from django.test import Client
from django.urls import reverse

from lingzhi.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Visitors:
    """One signed-in browser for each staff number."""

    def __init__(self) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        self._clients: dict[str, Client] = {}

    def milliseconds(self, staff_no: str, name: str, query: str) -> float:
        """How long the page of this route takes; SystemExit where it is no page."""
        client, url = self._client(staff_no), reverse(name) + query
        began = time.perf_counter()
        answer = client.get(url)
        taken = (time.perf_counter() - began) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{url} answered {answer.status_code}")
        return taken

    def _client(self, staff_no: str) -> Client:
        if staff_no not in self._clients:
            client = Client()
            client.force_login(User.objects.get(staff_no=staff_no), backend=BACKEND)
            self._clients[staff_no] = client
        return self._clients[staff_no]
