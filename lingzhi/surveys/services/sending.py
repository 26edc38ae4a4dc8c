"""Sending invitations by e-mail: claimed first, sent outside any transaction, then written down.

A claim that is found open means that a try died half-way: nobody knows whether the letter went
out, so it is sent no second time by itself. Its link works, and an answer settles the question.
"""

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.refusals import FOR_GOOD, NOT_SENT, reply_of
from lingzhi.customers.models import Outreach
from lingzhi.customers.services.outreach import settle_ask
from lingzhi.org.queries import centre_name
from lingzhi.surveys.models import Invitation, Mode, SendingRule, SurveyPlan
from lingzhi.surveys.services.asking import NotDue, address_of, claim, mark_asked

State, Reason = Invitation.State, Invitation.Reason
AT_ONCE = 100
TRIES, WAIT = 4, timedelta(minutes=5)
CLAIM = timedelta(minutes=10)  # longer than any try takes


def send_due() -> int:
    """Send what is due by e-mail; how many went out."""
    if not (settings.EMAIL_HOST and settings.SITE_URL):
        return 0
    due = Invitation.objects.filter(state=State.DUE, mode=Mode.MAIL, due_at__lte=now())
    related = ("rule__questionnaire", "plan__questionnaire", "customer", "case")
    rows = due.select_related(*related).order_by("due_at", "pk")[:AT_ONCE]
    return sum(_send(row) for row in rows)


def link_of(token: str) -> str:
    """The whole address of a questionnaire."""
    return settings.SITE_URL + reverse("surveys:answer", args=[token])


def _send(row: Invitation) -> bool:
    try:
        token = claim(row)
    except NotDue:  # another worker was quicker
        return False
    address = address_of(row) if token else None
    if address is None:
        return False
    row.refresh_from_db()
    try:
        send_mail(*letter(row, link_of(token)), None, [address.reveal()])
    except NOT_SENT as problem:
        _not_sent(row, problem)
    except (SMTPException, OSError) as problem:
        _leave_open(row, type(problem).__name__)
    else:
        mark_asked(row, by=None)
        return True
    return False


def letter(row: Invitation, link: str) -> tuple[str, str]:
    """Subject and text, in the language of the invitation."""
    assert row.version is not None
    assert row.expires_at is not None  # both were set with the claim
    with translation.override(row.language):
        words = {
            "intro": row.version.intro_said,
            "link": link,
            "until": f"{row.expires_at.astimezone():%Y-%m-%d}",
            "centre": centre_name(),
        }
        text = gettext(
            "%(intro)s\n\n%(link)s\n\nThe link is yours alone and works until %(until)s. If you do "
            "not want to be asked, tell us and we will leave you alone.\n\n%(centre)s"
        )
        return row.version.title_said, text % words


def _not_sent(row: Invitation, problem: Exception) -> None:
    reply = reply_of(problem)
    words = f"{type(problem).__name__} {reply or ''}".strip()
    mine = Invitation.objects.filter(pk=row.pk, state=State.SENDING)
    if reply < FOR_GOOD and row.tries < TRIES:
        later = now() + WAIT * 2 ** (row.tries - 1)
        mine.update(state=State.DUE, due_at=later, problem=words, token_hash=None)
        return
    with transaction.atomic():
        if mine.update(state=State.WITHHELD, reason=Reason.UNDELIVERABLE, problem=words):
            if row.outreach is not None:
                settle_ask(row.outreach, Outreach.Outcome.NOT_REACHED)
            record(None, "surveys.withheld", row, after={"reason": Reason.UNDELIVERABLE})


@transaction.atomic
def _leave_open(row: Invitation, problem: str) -> None:
    rows = Invitation.objects.filter(pk=row.pk, state=State.SENDING)
    if rows.update(state=State.UNKNOWN, problem=problem):
        record(None, "surveys.not_known", row, after={"problem": problem})


def settle_old_claims() -> int:
    """Tries that died half-way; how many."""
    old = Invitation.objects.filter(state=State.SENDING, claimed_at__lt=now() - CLAIM)
    rows = list(old)
    for row in rows:
        _leave_open(row, gettext("the try broke off"))
    return len(rows)


def give_up_unasked() -> int:
    """What nobody asked, person or telephone system, within the time to answer; how many."""
    given_up = 0
    askers: list[SendingRule | SurveyPlan] = [*SendingRule.objects.all()]
    for asked_by in (*askers, *SurveyPlan.objects.all()):
        last = now() - timedelta(days=asked_by.expiry_days)
        rows = asked_by.invitations.filter(state=State.DUE, due_at__lt=last)
        given_up += sum(_give_up(row) for row in rows.select_related("contact")[:AT_ONCE])
    return given_up


@transaction.atomic
def _give_up(row: Invitation) -> int:
    reason = Reason.NOT_ASKED
    if row.mode == Mode.IVR and row.contact is not None:
        ended = {"agent": Reason.AGENT_HUNG_UP, "customer": Reason.CUSTOMER_LEFT}
        reason = ended.get(row.contact.ended_by, reason)
    rows = Invitation.objects.filter(pk=row.pk, state=State.DUE)
    found = rows.update(state=State.WITHHELD, reason=reason)
    if found:
        record(None, "surveys.withheld", row, after={"reason": reason})
    return found
