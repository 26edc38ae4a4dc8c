"""Reports that are due, written in the background."""

from lingzhi.approvals.models import Approval
from lingzhi.reports import services
from lingzhi.reports.models import Report


def write_due() -> None:
    """Write what is due; a second call finds nothing to do."""
    services.write_due_reports()


def publish_approved(approval_id: int, report_id: int) -> None:
    """The last signature was given. Doing so twice changes nothing."""
    report = Report.objects.select_related("plan__unit").get(pk=report_id)
    services.publish_approved(report, Approval.objects.get(pk=approval_id))


def tell_unread() -> None:
    """Tell of reports left unread; a second call of the day tells nothing."""
    services.tell_unread()


def write_facts() -> None:
    """Write the facts of days that changed; a second call finds nothing to do."""
    services.write_stale_facts()
