from typing import Any

from lingzhi.approvals.models import Approval
from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose


def approval(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Approval.objects.create(
        matter="inspections.activate_rule",
        title="A rule",
        subject="rule:1",
        content_sha256="0" * 64,
        roles=["quality_manager"],
        job="accounts.prune_sessions",
        asked_at=now(),
        asked_by=whose.person,
    )
    return {"pk": row.pk}


def chain(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"matter": "inspections.activate_rule"}


ROUTES = {
    "approvals:list": Route(),
    "approvals:chains": Route(),
    "approvals:chain": Route(chain, missing={"matter": "no.such_matter"}),
    "approvals:detail": Route(approval),
    "approvals:decide": Route(approval, method="post"),
    "approvals:withdraw": Route(approval, method="post"),
}
