"""Cases in the background."""

from lingzhi.approvals.models import Approval
from lingzhi.cases.models import ClockEvent, Extension
from lingzhi.cases.services.escalation import escalate as escalate_clocks
from lingzhi.cases.services.extending import grant_extension as grant_more_time
from lingzhi.cases.services.extending import grant_pause as grant_wait
from lingzhi.cases.services.watching import watch_clocks as watch


def watch_clocks() -> None:
    """Warn of time limits that run out, and judge those that ran over."""
    watch()


def escalate() -> None:
    """Act on levels of escalation that are reached."""
    escalate_clocks()


def grant_extension(approval_id: int, extension_id: int) -> None:
    """The last signature was given: the clock has more time. Doing so twice changes nothing."""
    signed = Approval.objects.get(pk=approval_id).signatures.latest("step")
    grant_more_time(Extension.objects.get(pk=extension_id), by=signed.signed_by)


def grant_pause(approval_id: int, event_id: int) -> None:
    """The last signature was given: the wait stops the clock from its begin."""
    signed = Approval.objects.get(pk=approval_id).signatures.latest("step")
    grant_wait(ClockEvent.objects.get(pk=event_id), by=signed.signed_by)
