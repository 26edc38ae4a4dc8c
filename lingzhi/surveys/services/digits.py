"""Keys that customers pressed after a call (按键评价), as a telephone system reports them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.customers.models import Purpose
from lingzhi.customers.services.outreach import MayNotAsk, record_ask
from lingzhi.surveys.models import Invitation, Mode, SendingRule
from lingzhi.surveys.queries.events import key_of_contact
from lingzhi.surveys.services.answering import AnsweredAlready, answer_page, finish_answering
from lingzhi_engine.questionnaire import Questionnaire

State = Invitation.State
SOON = timedelta(minutes=5)  # clocks of two machines differ


@transaction.atomic
def take_digits(
    rule: SendingRule, source: str, number: str, digits: Mapping[str, str], asked_at: datetime,
    *, by: User,
) -> Invitation:  # fmt: skip
    """That a caller was asked to press keys, and what was pressed: {code of the question: digit}.

    No digits: the caller was asked and hung up. The conversation may be delivered later. Raises
    BadInput, AnsweredAlready.
    """
    version = rule.questionnaire.active
    if rule.mode != Mode.IVR or rule.ended_at is not None or version is None:
        raise BadInput(_("No rule in force asks for keys."), field="rule")
    if asked_at > now() + SOON:
        raise BadInput(_("This lies in the future."), field="asked_at")
    read = version.read()
    _require_known(read, digits)
    contact = Contact.objects.filter(source__code=source, external_id=number).first()
    row = _invitation(rule, key_of_contact(source, number), contact, asked_at)
    row = Invitation.objects.select_for_update().get(pk=row.pk)
    if row.finished_at is not None:
        raise AnsweredAlready()
    if row.state != State.SENT:
        _mark_asked(row, version.pk, asked_at, by)
    if digits:
        row.refresh_from_db()
        given = {code: [digit] for code, digit in digits.items()}
        page = [one for one in read.questions if one.code in digits]
        finish_answering(answer_page(row, page, given), is_short=True)
    record(by, "surveys.digits_taken", row, after={"digits": len(digits)})
    row.refresh_from_db()
    return row


def _require_known(read: Questionnaire, digits: Mapping[str, str]) -> None:
    codes = {one.code for one in read.questions}
    for code, digit in digits.items():
        if code not in codes or read.wrong({code: [digit]}):
            raise BadInput(_("This is no answer to a question of the rule."), field="digits")


def _invitation(
    rule: SendingRule, key: str, contact: Contact | None, asked_at: datetime
) -> Invitation:
    facts = {
        "mode": Mode.IVR, "contact": contact, "served_at": asked_at, "due_at": asked_at,
        "customer_id": contact.customer_id if contact else None,
        "agent_id": contact.agent_id if contact else None,
        "unit_id": contact.unit_id if contact else None,
    }  # fmt: skip
    row, _is_new = Invitation.objects.get_or_create(rule=rule, key=key, defaults=facts)
    return row


def _mark_asked(row: Invitation, version: int, asked_at: datetime, by: User) -> None:
    """The telephone system asked, whatever the rule drew: that is a fact."""
    outreach = None
    if row.customer is not None:
        try:
            with transaction.atomic():
                outreach = record_ask(
                    row.customer, Purpose.SURVEY, channel=Mode.IVR, matter=row.matter, by=by
                )
        except MayNotAsk:
            outreach = None  # another asking keeps the time of rest already
    Invitation.objects.filter(pk=row.pk).update(
        state=State.SENT, reason="", sent_at=asked_at, sent_by=by, version=version,
        outreach=outreach, expires_at=now() + timedelta(days=1),
    )  # fmt: skip
