"""Rectifications in the background."""

from lingzhi.approvals.models import Approval
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.services import approving, watching


def approve_plan(approval_id: int, rectification_id: int) -> None:
    """The last signature was given. Doing so twice changes nothing."""
    row = Rectification.objects.select_related("unit", "supervisor").get(pk=rectification_id)
    approving.approve_plan(row, Approval.objects.get(pk=approval_id))


def escalate() -> None:
    """Every morning: what is late goes to who is next."""
    watching.escalate()


def look_for_recurrence() -> None:
    """Every morning: what happened again within its time is opened again."""
    watching.look_for_recurrence()
