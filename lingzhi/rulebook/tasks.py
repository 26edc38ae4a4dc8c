"""Regulations in the background: what was agreed to, and what the new day brings."""

from lingzhi.approvals.models import Approval
from lingzhi.core.clock import today
from lingzhi.jobs.services import later
from lingzhi.rulebook import services
from lingzhi.rulebook.models import Version


def approve_version(approval_id: int, version_id: int) -> None:
    """The last signature was given. Doing so twice changes nothing."""
    approval = Approval.objects.select_related("asked_by").get(pk=approval_id)
    services.approve_version(Version.objects.filter(pk=version_id).first(), approval)


def begin_day() -> None:
    """What is due today, each in a job of its own: one that fails stops no other."""
    for version in services.due_versions(today()):
        later("rulebook.take_effect", version_id=version.pk)
    services.settle_controls()
    services.remind_of_reviews(today())


def take_effect(version_id: int) -> None:
    """A version takes effect. Doing so twice changes nothing."""
    services.take_effect(Version.objects.get(pk=version_id))


def settle_control(control_id: int) -> None:
    """A control is started or ended. Doing so twice changes nothing."""
    services.settle_control(control_id)
