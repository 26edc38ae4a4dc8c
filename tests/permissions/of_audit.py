from typing import Any

from django.db import transaction

from lingzhi.audit.services import record
from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose


def entry(cast: Cast, whose: Whose) -> dict[str, Any]:
    with transaction.atomic():
        return {"pk": record(whose.person, "test.looked", whose.person).pk}


ROUTES = {
    "audit:list": Route(),
    "audit:export": Route(),
    "audit:entry": Route(entry),
    "audit:chain": Route(),
    "audit:verify": Route(method="post"),
}
