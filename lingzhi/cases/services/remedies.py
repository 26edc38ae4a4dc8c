"""Remedies: offered within one's authority, else agreed to by those who hold it (核决权限)."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.cases.models import CaseEvent, Complaint, Remedy
from lingzhi.cases.queries.authorities import line_for
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.complaints import url_of
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError

MATTER = "cases.complaint_remedy"


class NotAgreed(DomainError):
    message = _("Nobody who may has agreed to this remedy yet.")


class BeyondAuthority(DomainError):
    message = _("Nobody here may agree to such an amount. Extend the matrix first.")


@transaction.atomic
def offer_remedy(
    complaint: Complaint, kind: str, words: str, amount: Decimal = Decimal(0), *, by: User
) -> Remedy:
    """Offer it to the customer, or ask first those who must agree to such an amount."""
    if kind not in Remedy.Kind.values:
        raise BadInput(_("Choose a remedy."), field="kind")
    if amount < 0:
        raise BadInput(_("An amount is not below zero."), field="amount")
    text = demanded(words, 500, field="words")
    remedy = Remedy.objects.create(
        complaint=complaint, kind=kind, words=text, amount=amount, offered_at=now(), offered_by=by
    )
    remedy.approval = ask(
        remedy, MATTER, title=f"{complaint.case.number} {remedy}", url=url_of(complaint),
        content={"kind": kind, "amount": str(amount), "words": text}, job="cases.agree_remedy",
        arguments={"remedy_id": remedy.pk}, roles=roles_for(complaint, amount), by=by,
    )  # fmt: skip
    if remedy.approval is None:
        remedy.agreed_at = now()
    remedy.save(update_fields=["approval", "agreed_at"])
    note_event(complaint.case, CaseEvent.Kind.NOTED, by=by, step="remedy", text=text)
    record(by, "cases.remedy_offered", complaint, after={"kind": kind, "amount": str(amount)})
    return remedy


def roles_for(complaint: Complaint, amount: Decimal) -> list[str]:
    """Who must agree, in order. Raises BeyondAuthority where no line covers the amount."""
    line = line_for(complaint, amount)
    if line is None:
        raise BeyondAuthority()
    return list(line.roles)


@transaction.atomic
def agree_remedy(remedy: Remedy) -> None:
    """All who must have agreed: it may be given."""
    Remedy.objects.filter(pk=remedy.pk, agreed_at=None).update(agreed_at=now())


@transaction.atomic
def give_remedy(remedy: Remedy, cost: Decimal, *, by: User) -> None:
    """The customer got it; what it cost."""
    given = Remedy.objects.filter(pk=remedy.pk, given_at=None, agreed_at__isnull=False).update(
        given_at=now(), given_by=by, cost=cost
    )
    if not given:
        raise NotAgreed()
    record(by, "cases.remedy_given", remedy.complaint, after={"cost": str(cost)})
