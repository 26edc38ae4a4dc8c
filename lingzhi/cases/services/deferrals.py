"""More time for a complaint (延期审批): asked for, agreed to, then it holds."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.cases.models import CaseEvent, ClockKind, Complaint, Deferral
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.clocks import call_off_clocks, repeat_dues, start_promise
from lingzhi.cases.services.complaints import matter_of, url_of
from lingzhi.cases.services.words import demanded
from lingzhi.cases.services.working import CaseClosed
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import tell

MATTER = "cases.extend_complaint"


class NothingToExtend(DomainError):
    message = _("No time limit of the handling is running.")


@transaction.atomic
def ask_deferral(complaint: Complaint, until_at: datetime, reason: str, *, by: User) -> Deferral:
    """Ask for more time. Where no chain is set for it, it holds at once.

    Raises BadInput for a time that lies before the one that holds.
    """
    words = demanded(reason, 500, field="reason")
    if complaint.case.is_over:
        raise CaseClosed()
    clock = complaint.case.clocks.filter(kind=ClockKind.RESOLUTION).exclude(state="ended").first()
    if clock is None:
        raise NothingToExtend()
    if until_at <= (clock.due_at or now()):
        raise BadInput(_("Give a time after the one that holds now."), field="until_at")
    deferral = Deferral.objects.create(
        complaint=complaint, until_at=until_at, reason=words, asked_at=now(), asked_by=by
    )
    deferral.approval = ask(
        deferral, MATTER, title=f"{complaint.case.number} {words}", url=url_of(complaint),
        content={"until": until_at.isoformat(), "reason": words},
        job="cases.grant_deferral", arguments={"deferral_id": deferral.pk}, by=by,
    )  # fmt: skip
    deferral.save(update_fields=["approval"])
    record(by, "cases.extension_asked", complaint, after={"until": str(until_at)}, reason=words)
    if deferral.approval is None:
        grant_deferral(deferral, by=by)
    return deferral


@transaction.atomic
def grant_deferral(deferral: Deferral, *, by: User | None) -> None:
    """The new time holds. What ran late before stays late; the customer is to be told."""
    claimed = Deferral.objects.filter(pk=deferral.pk, granted_at=None).update(granted_at=now())
    case = deferral.complaint.case
    if not claimed or case.is_over:
        return
    call_off_clocks(case, [ClockKind.RESOLUTION], reason=deferral.reason, by=by)
    start_promise(case, deferral.until_at, kind=ClockKind.RESOLUTION, by=by)
    repeat_dues(case)
    note_event(case, CaseEvent.Kind.NOTED, by=by, text=deferral.reason,
               expected_at=deferral.until_at)  # fmt: skip
    tell(
        [case.handler or case.owner], _("More time is granted: tell the customer"), is_todo=True,
        url=url_of(deferral.complaint), body=f"{case.number} {case.title}",
        matter=f"{matter_of(deferral.complaint)}/extended",
    )  # fmt: skip
    record(by, "cases.extension_granted", deferral.complaint,
           after={"until": str(deferral.until_at)})  # fmt: skip
