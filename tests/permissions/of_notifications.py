from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.notifications.models import Notice
from tests.permissions.objects import Route, Whose


def notice(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Notice.objects.create(person=whose.person, title="Look", created_at=now())
    return {"pk": row.pk}


ROUTES = {
    "notifications:inbox": Route(),
    "notifications:end_all": Route(method="post"),
    "notifications:end": Route(notice, method="post"),
}
