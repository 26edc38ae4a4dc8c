"""Inspection in the background: new contacts as they come, whole archives on demand."""

from lingzhi.approvals.models import Approval
from lingzhi.contacts.models import Contact
from lingzhi.inspections import services
from lingzhi.inspections.models import InspectionRun, RuleVersion


def inspect_contacts(contact_ids: list[int]) -> None:
    """Judge some contacts as they come in."""
    services.inspect_all(Contact.objects.filter(pk__in=contact_ids))


def inspect_batch(batch_id: int) -> None:
    """Judge everything an import brought; a repeated try passes over what is judged."""
    services.inspect_all(Contact.objects.filter(batch_id=batch_id))


def run_inspection(run_id: int) -> None:
    """A run over stored contacts."""
    rows = InspectionRun.objects.select_related("run", "snapshot", "started_by")
    services.go_on(rows.get(run_id=run_id))


def activate_approved(approval_id: int, version_id: int, reason: str) -> None:
    """The last signature was given: the version takes effect. Doing so twice changes nothing."""
    approval = Approval.objects.select_related("asked_by").get(pk=approval_id)
    version = RuleVersion.objects.select_related("rule").filter(pk=version_id).first()
    if version is not None and version.state == RuleVersion.State.ACTIVE:
        return
    services.activate_approved(version, approval, reason=reason)
