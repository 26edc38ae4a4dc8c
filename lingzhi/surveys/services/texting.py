"""Sending invitations by text message, where the unit has a line for them.

The text is queued with the invitation, in one step; what becomes of it the line finds out later. An
invitation without such a line, or without a number, waits for somebody who hands the link over.
"""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from lingzhi.audit.services import record
from lingzhi.contacts.models import MessageLine, SentMessage
from lingzhi.contacts.queries.lines import sms_line_for
from lingzhi.contacts.services.message_queue import queue_text
from lingzhi.core.clock import now
from lingzhi.customers.models import Identifier, Outreach
from lingzhi.customers.services.outreach import settle_ask
from lingzhi.org.queries import centre_name
from lingzhi.surveys.models import Invitation, Mode
from lingzhi.surveys.services.asking import NotDue, claim, mark_asked
from lingzhi.surveys.services.sending import AT_ONCE, link_of

State, Reason = Invitation.State, Invitation.Reason
MATTER = "surveys.invitation"


class _TooOften(Exception):
    """The line does not write to this number again within the hour."""


def text_due() -> int:
    """Send what is due by text message; how many were asked."""
    if not settings.SITE_URL or not MessageLine.objects.filter(retired_at=None).exists():
        return 0
    due = Invitation.objects.filter(state=State.DUE, mode=Mode.SMS, due_at__lte=now())
    related = ("rule__questionnaire", "plan__questionnaire", "customer", "case", "unit")
    rows = due.select_related(*related).order_by("due_at", "pk")[:AT_ONCE]
    return sum(_ask(row) for row in rows)


def _ask(row: Invitation) -> bool:
    line = sms_line_for(row.unit.path) if row.unit else None
    number = _number_of(row)
    if line is None or number is None:
        return False
    try:
        with transaction.atomic():
            return _queued(row, line, number)
    except (NotDue, _TooOften):
        return False


def _queued(row: Invitation, line: MessageLine, number: Identifier) -> bool:
    token = claim(row)
    if not token:
        return False
    row.refresh_from_db()
    text = text_of(row, link_of(token))
    if queue_text(line, number.reveal(), text, matter=f"{MATTER}/{row.pk}") is None:
        raise _TooOften
    mark_asked(row, by=None)
    return True


def _number_of(row: Invitation) -> Identifier | None:
    if row.customer is None:
        return None
    return row.customer.identifiers.filter(kind=Identifier.Kind.PHONE).first()


def text_of(row: Invitation, link: str) -> str:
    """One text message in the language of the invitation."""
    assert row.expires_at is not None  # set with the claim
    words = {
        "centre": centre_name(), "link": link, "until": f"{row.expires_at.astimezone():%Y-%m-%d}",
    }  # fmt: skip
    with translation.override(row.language):
        return gettext("%(centre)s: how were you served? %(link)s (until %(until)s)") % words


@transaction.atomic
def text_not_sent(sent: SentMessage) -> None:
    """The customer did not get the link: they count as not asked. Doing so twice changes nothing;
    who opened it got it."""
    rows = Invitation.objects.filter(pk=sent.matter.partition("/")[2], opened_at=None)
    row = rows.filter(state=State.SENT).select_related("outreach").first()
    if row is None:
        return
    rows.update(state=State.WITHHELD, reason=Reason.UNDELIVERABLE, problem=sent.problem[:200])
    if row.outreach is not None:
        settle_ask(row.outreach, Outreach.Outcome.NOT_REACHED)
    record(None, "surveys.withheld", row, after={"reason": Reason.UNDELIVERABLE})
