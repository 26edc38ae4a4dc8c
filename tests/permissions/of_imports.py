from collections.abc import Callable
from io import BytesIO
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.models import Batch
from lingzhi.imports.services import receive_file
from tests.permissions.objects import Route, Whose

FILE = "编号,渠道,对话内容\n1,电话,客服：您好".encode()


def brought(cast: Cast, whose: Whose) -> dict[str, Any]:
    batch = receive_file(
        kind_named("contacts"), BytesIO(FILE), name="a.csv", source="pbx", by=whose.person
    )
    return {"pk": batch.pk}


def staged(bad_rows: int) -> Callable[[Cast, Whose], dict[str, Any]]:
    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        given = brought(cast, whose)
        Batch.objects.filter(**given).update(
            started_at=now(), staged_at=now(), staged_rows=2, bad_rows=bad_rows
        )
        return given

    return make


ROUTES = {
    "imports:list": Route(),
    "imports:upload": Route(),
    "imports:detail": Route(brought),
    "imports:mapping": Route(brought),
    "imports:problems": Route(staged(1)),
    "imports:accept": Route(staged(1), method="post"),
    "imports:drop": Route(brought, method="post"),
    "imports:resume": Route(staged(0), method="post"),
}
