"""Claiming an invitation: whether the customer may be asked now, and the secret of the link."""

import hashlib
import re
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.queries.secrecy import is_hidden
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.customers.models import Identifier, Purpose
from lingzhi.customers.queries.outreach import Why
from lingzhi.customers.services.outreach import MayNotAsk, record_ask
from lingzhi.surveys.models import Invitation, Mode

State, Reason = Invitation.State, Invitation.Reason
TOKEN = re.compile(r"[\w-]{32}", re.ASCII)
REASONS = {
    Why.REFUSED: Reason.REFUSED,
    Why.NO_CONSENT: Reason.NO_CONSENT,
    Why.ASKED_RECENTLY: Reason.COOLDOWN,
    Why.CLOSED: Reason.CLOSED,
}


class NotDue(DomainError):
    message = _("This customer is not to be asked, or was asked already.")


class Withheld(DomainError):
    """The customer may not be asked; that is kept with its reason."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        words = Reason(reason).label
        super().__init__(_("The customer is not asked: %(why)s.") % {"why": words})


def hash_of(token: str) -> str:
    """What is kept of a secret in a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A secret for a link: 192 bits, so that nobody finds another one."""
    return secrets.token_urlsafe(24)


def is_token(text: str) -> bool:
    """Whether it may be a secret of ours, by its form."""
    return TOKEN.fullmatch(text) is not None


def address_of(row: Invitation) -> Identifier | None:
    """Where a letter reaches the customer."""
    if row.customer is None:
        return None
    return row.customer.identifiers.filter(kind=Identifier.Kind.EMAIL).first()


@transaction.atomic
def claim(row: Invitation, *, by: User | None = None) -> str:
    """Take an invitation that is due to be sent now: the secret for its link, or "" where somebody
    may not be asked, which is kept with its reason. Raises NotDue where another was quicker."""
    token, moment = new_token(), now()
    rows = Invitation.objects.filter(pk=row.pk, state=State.DUE)
    if not rows.update(state=State.SENDING, claimed_at=moment, tries=F("tries") + 1, sent_by=by):
        raise NotDue()
    reason = _reason_against(row)
    outreach = None
    if not reason and row.customer is not None:
        try:
            with transaction.atomic():
                outreach = record_ask(
                    row.customer, Purpose.SURVEY, channel=row.mode, matter=row.matter, by=by,
                    is_repeat=bool(row.tries),
                )  # fmt: skip
        except MayNotAsk as refused:
            reason = REASONS[refused.why]
    mine = Invitation.objects.filter(pk=row.pk, state=State.SENDING, claimed_at=moment)
    if reason:
        mine.update(state=State.WITHHELD, reason=reason, claimed_at=None, sent_by=None)
        record(None, "surveys.withheld", row, after={"reason": reason})
        return ""
    asked_by = row.rule or row.plan
    assert asked_by is not None  # by the constraint
    mine.update(
        token_hash=hash_of(token), version=asked_by.questionnaire.active, outreach=outreach,
        expires_at=moment + timedelta(days=asked_by.expiry_days),
    )  # fmt: skip
    return token


def _reason_against(row: Invitation) -> str:
    asked_by = row.rule or row.plan
    assert asked_by is not None  # by the constraint
    if asked_by.ended_at is not None:
        return Reason.STOPPED
    if row.case is not None and row.rule is not None and not row.case.is_closed:
        return Reason.REOPENED
    if row.case is not None and is_hidden(row.case):
        return Reason.HIDDEN
    if asked_by.questionnaire.active is None:
        return Reason.NO_VERSION
    if row.mode == Mode.MAIL and address_of(row) is None:
        return Reason.NO_ADDRESS
    return Reason.NONE


@transaction.atomic
def mark_asked(row: Invitation, *, by: User | None) -> None:
    """It went out, or was given to the customer."""
    rows = Invitation.objects.filter(pk=row.pk, state=State.SENDING)
    if rows.update(state=State.SENT, sent_at=now(), sent_by=by, problem=""):
        record(by, "surveys.asked", row, after={"mode": row.mode})


def hand_over(row: Invitation, *, by: User) -> str:
    """The secret of a link that a person gives to the customer, in a chat or a text message; shown
    this once. Raises NotDue, Withheld."""
    with transaction.atomic():
        token = claim(row, by=by)
        if token:
            mark_asked(row, by=by)
    if not token:
        row.refresh_from_db()
        raise Withheld(row.reason)
    return token


@transaction.atomic
def send_again(row: Invitation, *, by: User) -> None:
    """Somebody found out that a letter did not arrive: it is due once more. Raises NotDue."""
    rows = Invitation.objects.filter(pk=row.pk, state=State.UNKNOWN, opened_at=None)
    if not rows.update(state=State.DUE, due_at=now(), claimed_at=None, token_hash=None):
        raise NotDue()
    record(by, "surveys.send_again", row)
