"""A portal that is open, and what a customer sends."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from lingzhi.cases.factories import with_flows
from lingzhi.conftest import Cast
from lingzhi.core.rest.limits import Limits
from lingzhi.portal.forms.public import SALT
from lingzhi.portal.models import PortalSettings
from lingzhi.portal.services import limits
from lingzhi.portal.tests.opening import open_portal

Post = Callable[..., Any]


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch) -> None:
    """What other tests asked for is forgotten; a form is filled in at once."""
    monkeypatch.setattr(limits, "looks", Limits())
    monkeypatch.setattr("lingzhi.portal.forms.public.SOONEST", 0)


@pytest.fixture
def portal(cast: Cast) -> PortalSettings:
    with_flows()
    return open_portal(cast)


@pytest.fixture
def send(portal: PortalSettings) -> Post:
    """`send("complaint", title="…")`: the answer to what a customer sent."""

    def post(
        kind: str = "request", *, nonce: str = "", client: Client | None = None, **more: Any
    ) -> Any:
        stamp = signing.dumps(nonce or f"n{id(more)}{more}", salt=SALT)
        sent = {"title": "净水器漏水", "text": "装好两天就漏水", "consent": "on", "stamp": stamp}
        return (client or Client()).post(reverse("portal:write", args=[kind]), {**sent, **more})

    return post
