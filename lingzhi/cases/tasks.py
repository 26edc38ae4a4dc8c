"""Cases in the background."""

from lingzhi.approvals.models import Approval
from lingzhi.cases.models import Exclusion
from lingzhi.cases.services import calling_back
from lingzhi.cases.services.watching import watch_clocks as watch


def watch_clocks() -> None:
    """Warn of time limits that run out, and judge those that ran over."""
    watch()


def exclude_approved(approval_id: int, exclusion_id: int) -> None:
    """The last signature was given: the order is left out of appraisal. Twice changes nothing."""
    approval = Approval.objects.select_related("asked_by").get(pk=approval_id)
    rows = Exclusion.objects.select_related("order__case", "order__unit")
    calling_back.exclude_approved(rows.get(pk=exclusion_id), approval)
