from typing import Any

from lingzhi.conftest import Cast
from lingzhi.contacts.models import Call, CallDoubt
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose


def call(whose: Whose) -> Call:
    return Call.objects.create(
        source=source_named("pbx"), external_id="c1", state=Call.State.WAITING, direction="in",
        agent=whose.person, unit=whose.unit, moved_at=now(),
    )  # fmt: skip


def doubt(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = CallDoubt.objects.create(
        source=source_named("pbx"), call=call(whose), reference="c1", kind="no_end", at=now(),
        found_at=now(),
    )  # fmt: skip
    return {"pk": row.pk}


ROUTES = {
    "contacts:doubts": Route(),
    "contacts:see_doubt": Route(doubt, method="post"),
    "contacts:call_figures": Route(),
}
