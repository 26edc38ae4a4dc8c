"""Rectifications for tests and the permission table."""

from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.core.clock import today
from lingzhi.improvement.models import Cause, Countermeasure, Rectification
from lingzhi.improvement.services.approving import request_approval
from lingzhi.improvement.services.planning import write_cause, write_measure
from lingzhi.improvement.services.records import start_rectification
from lingzhi.org.models import Unit


def make_rectification(
    unit: Unit, owner: User, *, by: User, kind: str = "meeting", key: int | None = None, **more: Any
) -> Rectification:
    """One that was just started."""
    facts = {
        "title": "退款答复不一致",
        "problem": "一周内三次答复不同",
        "due_on": today() + timedelta(days=14),
    }
    row = Rectification(unit=unit, owner=owner, **{**facts, **more})
    words = "" if key is not None else "质量例会"
    return start_rectification(row, kind=kind, key=key, words=words, by=by)


def planned(row: Rectification, *, by: User, measure_owner: User | None = None) -> Rectification:
    """With a root cause and a corrective action."""
    cause = Cause(rectification=row, words="话术没有统一", evidence="抽听 20 通", is_root=True)
    write_cause(cause, by=by)
    measure = Countermeasure(
        rectification=row,
        words="统一话术并培训",
        owner=measure_owner or row.owner,
        due_on=row.due_on,
    )
    write_measure(measure, by=by)
    return row


def asked(row: Rectification, *, by: User) -> Approval:
    """Its plan waits for approval."""
    approval = request_approval(row, by=by)
    assert approval is not None
    return approval


def agree(approval: Approval, *people: User) -> None:
    """Each signs the step that is due; the job that follows is queued."""
    for person in people:
        approval.refresh_from_db()
        decide(approval, is_agreed=True, comment="", by=person)
