from typing import Any

from lingzhi.cases.models import ReplyTemplate
from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose


def a_reply(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A template of the person's unit."""
    row = ReplyTemplate(use="tell", name="?", text="{number}", changed_at=now(), unit=whose.unit)
    row.save()
    return {"pk": row.pk}


ROUTES = {
    "cases:replies": Route(),
    "cases:new_reply": Route(),
    "cases:edit_reply": Route(a_reply),
    "cases:retire_reply": Route(a_reply),
}
