"""Mail to customers (发件箱): queued, sent by a job, tried again, given up."""

import json
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.mailing.judging import MARK, own_mark
from lingzhi.contacts.mailing.lines import WRONG, in_words, smtp_of
from lingzhi.contacts.mailing.reading import ADDRESS
from lingzhi.contacts.mailing.threads import new_message_id, plus_address
from lingzhi.contacts.models import Contact, Mail, Mailbox, OutgoingMail
from lingzhi.contacts.services.attached import FileGone, attach, named
from lingzhi.contacts.services.growing import add_turn, begin_conversation, may_grow
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal, unseal
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.refusals import FOR_GOOD, REFUSED, reply_of
from lingzhi.customers.indexes import index_of
from lingzhi.customers.masks import mask_identifier
from lingzhi.files.models import StoredFile
from lingzhi.jobs.services import later
from lingzhi_engine.privacy import mask

State = OutgoingMail.State
AT_ONCE = 50
UNDER_WAY = timedelta(minutes=3)
MOST_TRIES = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
MOST_AUTOMATIC = 3  # to one address in an hour: two machines must not answer each other for ever
# Python folds long words of a header into encoded ones, and no server knows such a Message-ID.
LONG_LINES = policy.SMTP.clone(max_line_length=900)
log = structlog.get_logger("lingzhi.mail")


class NotToRetry(DomainError):
    message = gettext_lazy("This mail is not waiting for somebody to decide.")


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent, `files` with it. `answers` is the mail that it answers; `contact` is the
    conversation in which its words will stand."""

    mailbox: Mailbox
    to: str
    subject: str
    text: str
    matter: str = ""
    answers: Mail | None = None
    contact: Contact | None = None
    is_automatic: bool = False
    files: Sequence[StoredFile] = ()


@transaction.atomic
def queue_mail(letter: Letter, *, by: User | None) -> OutgoingMail | None:
    """Queue a letter; None where the program would write too often to one address by itself."""
    to = letter.to.strip().lower()
    if not ADDRESS.fullmatch(to):
        raise BadInput(gettext_lazy("This is no e-mail address."), field="to")
    index = index_of("email", to)
    if letter.is_automatic and _is_too_often(index):
        return None
    box, answers = letter.mailbox, letter.answers
    subject = " ".join(letter.subject.split())[:250]
    mail = OutgoingMail(
        mailbox=box, contact=letter.contact, matter=letter.matter,
        message_id=new_message_id(letter.matter, box.address),
        references=[*answers.references, answers.message_id][-20:] if answers else [],
        recipient=mask_identifier("email", to), recipient_index=index, subject=mask(subject)[:300],
        is_automatic=letter.is_automatic, queued_at=now(), next_at=now(), by=by,
        attached=named(letter.files),
    )  # fmt: skip
    said = {"to": to, "subject": subject, "text": letter.text, "signature": box.signature}
    mail.sealed_content = seal(json.dumps(said, ensure_ascii=False), mail.place)
    mail.save()
    files = [one["sha256"] for one in mail.attached]
    record(by, "contacts.mail_queued", mail, after={"matter": mail.matter, "files": files})
    return mail


def _is_too_often(index: str) -> bool:
    since = now() - timedelta(hours=1)
    rows = OutgoingMail.objects.filter(recipient_index=index, is_automatic=True)
    return rows.filter(queued_at__gt=since).count() >= MOST_AUTOMATIC


def content_of(mail: OutgoingMail) -> dict[str, str]:
    """Address, subject and words in the clear."""
    found: dict[str, str] = json.loads(unseal(mail.sealed_content, mail.place))
    return found


def send_mails() -> int:
    """Send what is due; how many went out. A mailbox that fails holds back only its own mail."""
    _find_lost()
    due = OutgoingMail.objects.filter(state=State.WAITING, next_at__lte=now())
    rows = list(due.select_related("mailbox__unit", "contact", "by").order_by("id")[:AT_ONCE])
    failing: set[int] = set()
    sent = 0
    for mail in rows:
        if mail.mailbox_id in failing or not _claim(mail):
            continue
        try:
            with smtp_of(mail.mailbox) as line:
                sent += _hand_over(line, mail)
        except WRONG as problem:
            failing.add(mail.mailbox_id)
            _put_off(mail, in_words(problem))
    return sent


def _find_lost() -> None:
    """What was being sent when a process died: nobody knows whether it went out."""
    rows = OutgoingMail.objects.filter(state=State.SENDING, next_at__lte=now())
    for mail in rows:
        _end(mail, State.UNKNOWN, _("the try broke off"))


def _claim(mail: OutgoingMail) -> int:
    rows = OutgoingMail.objects.filter(pk=mail.pk, state=State.WAITING, next_at=mail.next_at)
    return rows.update(state=State.SENDING, next_at=now() + UNDER_WAY, tries=F("tries") + 1)


def _hand_over(line: smtplib.SMTP, mail: OutgoingMail) -> bool:
    try:
        said = content_of(mail)
        line.send_message(letter_of(mail, said), mail.mailbox.address, [said["to"]])
    except FileGone:
        _end(mail, State.FAILED, _("a file that was attached is not there any more"))
        return False
    except REFUSED as problem:
        code = reply_of(problem)
        words = _("the mail server refused it with code %(code)s") % {"code": code}
        if code >= FOR_GOOD:
            _end(mail, State.FAILED, words)
        else:
            _put_off(mail, words)
        return False
    except (smtplib.SMTPException, OSError) as problem:
        _end(mail, State.UNKNOWN, type(problem).__name__)
        return False
    _sent(mail, said)
    return True


def letter_of(mail: OutgoingMail, said: dict[str, str]) -> EmailMessage:
    """The mail as it goes out: one plain text in UTF-8 with its files, threaded, and marked as
    ours. Raises FileGone."""
    box, letter = mail.mailbox, EmailMessage(policy=LONG_LINES)
    letter["From"] = Address(box.name, addr_spec=box.address)
    letter["To"] = said["to"]
    letter["Subject"] = said["subject"]
    letter["Date"] = format_datetime(now())
    letter["Message-ID"] = mail.message_id
    letter[MARK] = own_mark()
    if mail.references:
        letter["In-Reply-To"] = mail.references[-1]
        letter["References"] = " ".join(mail.references)
    if box.uses_plus and mail.matter:
        letter["Reply-To"] = Address(box.name, addr_spec=plus_address(box.address, mail.matter))
    if mail.is_automatic:  # RFC 3834: nobody's machine should answer
        letter["Auto-Submitted"] = "auto-replied"
        letter["X-Auto-Response-Suppress"] = "All"
    words = [said["text"].strip(), f"-- \n{said['signature'].strip()}"]
    letter.set_content("\n\n".join(words[: 2 if said["signature"].strip() else 1]) + "\n")
    attach(letter, mail.attached)
    return letter


@transaction.atomic
def _sent(mail: OutgoingMail, said: dict[str, str]) -> None:
    rows = OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING)
    moment = now()
    if rows.update(state=State.SENT, sent_at=moment, problem=""):
        _add_words(mail, said, moment)
    record(None, "contacts.mail_sent", mail, after={"message_id": mail.message_id})


def _add_words(mail: OutgoingMail, said: dict[str, str], at: datetime) -> None:
    """The words stand in the conversation that they answer, else begin one."""
    text = said["text"].strip()[:20_000] or "–"
    if mail.contact is not None and may_grow(mail.contact):
        role = "system" if mail.is_automatic else "agent"
        add_turn(mail.contact, role, text, at, by=mail.by)
    elif mail.by is not None:
        facts = {
            "external_id": f"S{mail.pk}", "customer_email": said["to"], "agent": mail.by.staff_no,
        }  # fmt: skip
        mail.contact = begin_conversation(facts, "agent", text, at, unit=mail.mailbox.unit)
        mail.save(update_fields=["contact"])


def wait_after(tries: int) -> timedelta:
    """1, 2, 4 minutes … at most 4 hours: about two hours for all tries."""
    return min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)


def _put_off(mail: OutgoingMail, words: str) -> None:
    tries = mail.tries + 1
    if tries >= MOST_TRIES:
        _end(mail, State.FAILED, words)
        return
    rows = OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING)
    rows.update(state=State.WAITING, next_at=now() + wait_after(tries), problem=words[:300])


@transaction.atomic
def _end(mail: OutgoingMail, state: str, words: str) -> None:
    """It is not tried again by itself: whoever it is about hears of it."""
    rows = OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING)
    if rows.update(state=state, problem=words[:300]):
        log.warning("mail not sent", mail=mail.pk, state=state)
        record(None, "contacts.mail_not_sent", mail, after={"state": state, "problem": words})
        later("cases.mail_not_sent", outgoing_id=mail.pk)


STUCK = (State.FAILED, State.UNKNOWN, State.CAME_BACK)


@transaction.atomic
def send_again(mail: OutgoingMail, *, by: User) -> None:
    """Try it once more, under the same Message-ID. Raises NotToRetry."""
    rows = OutgoingMail.objects.filter(pk=mail.pk, state__in=STUCK)
    if not rows.update(state=State.WAITING, tries=0, next_at=now(), problem=""):
        raise NotToRetry()
    record(by, "contacts.mail_sent_again", mail)


@transaction.atomic
def give_up(mail: OutgoingMail, *, by: User) -> None:
    """Nobody waits for it any more. Raises NotToRetry."""
    rows = OutgoingMail.objects.filter(pk=mail.pk, state__in=STUCK)
    if not rows.update(state=State.GIVEN_UP):
        raise NotToRetry()
    record(by, "contacts.mail_given_up", mail, before={"problem": mail.problem})
