"""Taking mail: each one once, with its file, its attachments and its place in a conversation."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.mailing.judging import (
    MOST_STATIONS,
    reason_apart,
    refused_of,
    stations,
    wants_no_answer,
)
from lingzhi.contacts.mailing.reading import Part, ReadMail, Unreadable, read_mail
from lingzhi.contacts.mailing.threads import matter_in
from lingzhi.contacts.models import Contact, Mail, Mailbox, MailPart, OutgoingMail
from lingzhi.contacts.services.growing import add_turn, begin_conversation, may_grow
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal, unseal
from lingzhi.core.errors import DomainError
from lingzhi.customers.indexes import index_of
from lingzhi.customers.masks import mask_identifier
from lingzhi.files.kinds import is_known, is_what_it_says
from lingzhi.files.models import StoredFile
from lingzhi.files.services import store_file
from lingzhi.jobs.services import later
from lingzhi_engine.privacy import mask

EMAIL = "email"  # the channel, and the kind of identifier
MOST_PART_BYTES = 20 * 1024 * 1024
State, Reason = Mail.State, Mail.Reason


class NotApart(DomainError):
    message = _("This mail is not kept apart any more.")


class NothingToTake(DomainError):
    message = _("The mail itself was not fetched or cannot be read: look at it in the mailbox.")


def take_mail(mailbox: Mailbox, place: tuple[int, int], raw: bytes, size: int) -> Mail | None:
    """Keep a mail that lies at `place` (UIDVALIDITY, UID); None where it was kept before.

    It is taken, or kept apart with the reason. `raw` is only the head where the mail is too large.
    """
    if Mail.objects.filter(mailbox=mailbox, uidvalidity=place[0], uid=place[1]).exists():
        return None
    try:
        found = read_mail(raw)
    except Unreadable:
        found = None
    reason = _reason(found, raw, size)
    with _files_undone() as kept, transaction.atomic():
        mail = _row(mailbox, place, found, size, reason)
        if mail is None:
            return None
        if reason != Reason.TOO_LARGE:
            mail.file = kept(_stored(raw, "mail.eml", "mail"))
            mail.save(update_fields=["file"])
        if reason:
            _keep_apart(mail, found)
        elif found is not None:
            _take(mail, found, kept, by=None)
    return mail


def _reason(found: ReadMail | None, raw: bytes, size: int) -> str:
    if size > len(raw):
        return Reason.TOO_LARGE
    if found is None:
        return Reason.UNREADABLE
    if stations(raw) > MOST_STATIONS:
        return Reason.LOOP
    own = set(Mailbox.objects.values_list("address", flat=True))
    return reason_apart(found, {one.lower() for one in own}) or _known(found)


def _known(found: ReadMail) -> str:
    """Whether the same mail came on another way, or again after the server was made anew."""
    same = Mail.objects.filter(
        message_id=found.message_id, content_sha256=found.content_sha256, file__isnull=False
    )
    return Reason.DUPLICATE if found.message_id and same.exists() else ""


def _row(
    mailbox: Mailbox, place: tuple[int, int], found: ReadMail | None, size: int, reason: str
) -> Mail | None:
    """The row that makes sure that it is taken once; None where another process was first."""
    head = found or ReadMail({}, "", (), ("", ""), (), "", None, "", "", "", ())
    address = head.sender[1]
    mail = Mail(
        mailbox=mailbox, uidvalidity=place[0], uid=place[1], message_id=head.message_id,
        references=list(head.references), sender=mask_identifier(EMAIL, address) if address else "",
        sender_index=index_of(EMAIL, address) if address else "", subject=mask(head.subject)[:300],
        sent_at=head.sent_at, received_at=now(), size=size,
        content_sha256=head.content_sha256 if found else "", reason=reason,
        state=State.APART if reason else State.TAKEN,
        wants_no_answer=found is not None and wants_no_answer(found),
    )  # fmt: skip
    said = {"name": head.sender[0], "answer": head.answer_to, "subject": head.subject}
    mail.sealed_head = seal(json.dumps(said, ensure_ascii=False), mail.place)
    (made,) = Mail.objects.bulk_create([mail], ignore_conflicts=True)
    return Mail.objects.filter(
        mailbox=mailbox, uidvalidity=place[0], uid=place[1], sealed_head=made.sealed_head
    ).first()


@contextmanager
def _files_undone() -> Iterator["_Kept"]:
    """Files that were written are deleted when the transaction around them fails."""
    with ExitStack() as undo:
        yield _Kept(undo)
        undo.pop_all()


class _Kept:
    """Remembers what was written until all is well."""

    def __init__(self, undo: ExitStack) -> None:
        self.undo = undo

    def __call__(self, stored: StoredFile) -> StoredFile:
        self.undo.callback(default_storage.delete, stored.stored_as)
        return stored


def _stored(content: bytes, name: str, purpose: str) -> StoredFile:
    return store_file(BytesIO(content), name=name, purpose=purpose, by=None)


def _keep_apart(mail: Mail, found: ReadMail | None) -> None:
    record(None, "contacts.mail_kept_apart", mail, after={"reason": mail.reason})
    if found is None:
        return
    mail.matter = _matter(found)
    mail.save(update_fields=["matter"])
    if mail.reason == Reason.BOUNCE:
        _came_back(found)


def _came_back(found: ReadMail) -> None:
    """Mail of ours that a server refused for good: whoever wrote it hears of it."""
    ids, code = refused_of(found)
    rows = OutgoingMail.objects.filter(message_id__in=ids).exclude(state="came_back")
    for outgoing in rows:
        problem = str(_("the mail server of the customer refused it")) + f" {code}".rstrip()
        OutgoingMail.objects.filter(pk=outgoing.pk).update(state="came_back", problem=problem)
        later("cases.mail_not_sent", outgoing_id=outgoing.pk)


def _take(mail: Mail, found: ReadMail, kept: _Kept, *, by: User | None) -> None:
    _keep_parts(mail, found.parts, kept)
    before = _thread(found, mail)
    mail.matter = _matter(found) or (before.matter if before else "")
    contact = _contact_of(mail, before)
    at = mail.received_at
    if contact is not None and may_grow(contact):
        mail.seq = add_turn(contact, "customer", _words(found, is_first=False), at, by=None)
    else:
        contact, mail.seq = _new_contact(mail, found), 1
    mail.contact = contact
    mail.save(update_fields=["matter", "contact", "seq"])
    record(by, "contacts.mail_taken", mail, after={"contact": contact.pk})
    later("cases.mail_arrived", mail_id=mail.pk)


def _matter(found: ReadMail) -> str:
    """The matter whose mark the mail carries: where it went to, or what it answers."""
    return matter_in(" ".join((*found.recipients, *found.references)))


def _thread(found: ReadMail, mail: Mail) -> Mail | None:
    """The mail of the same person that this one follows, or one that the same of ours answered."""
    rows = Mail.objects.filter(sender_index=mail.sender_index, contact__isnull=False)
    return rows.filter(message_id__in=found.references).exclude(pk=mail.pk).first()


def _contact_of(mail: Mail, before: Mail | None) -> Contact | None:
    if before is not None and before.contact is not None:
        return before.contact
    if not mail.matter:
        return None
    rows = Contact.objects.filter(mails__matter=mail.matter) | Contact.objects.filter(
        mails_out__matter=mail.matter
    )
    return rows.distinct().order_by("-started_at", "-pk").first()


def _words(found: ReadMail, *, is_first: bool) -> str:
    names = ", ".join(part.name for part in found.parts)
    words = found.text.strip() or (f"[{names}]" if names else "")
    lines = [found.subject.strip()] if is_first or not words else []
    return ("\n".join([*lines, words]).strip() or "–")[:20_000]


def _new_contact(mail: Mail, found: ReadMail) -> Contact:
    words, at = _words(found, is_first=True), mail.received_at
    record = {
        "external_id": f"E{mail.pk}", "queue": mail.mailbox.queue,
        "customer_name": (found.sender[0] if "@" not in found.sender[0] else "")[:80],
        "customer_email": found.sender[1],
    }  # fmt: skip
    return begin_conversation(record, "customer", words, at, unit=mail.mailbox.unit)


def _keep_parts(mail: Mail, parts: tuple[Part, ...], kept: _Kept) -> None:
    """What is attached, where it is of a kind that is taken and is what its name says."""
    for number, part in enumerate(parts, start=1):
        is_good = 0 < len(part.content) <= MOST_PART_BYTES and is_known(part.name)
        is_good = is_good and is_what_it_says(BytesIO(part.content), part.name)
        MailPart.objects.create(
            mail=mail, number=number, name=part.name, content_id=part.content_id,
            is_inline=part.is_inline and is_good, size=len(part.content),
            file=kept(_stored(part.content, part.name, "mail")) if is_good else None,
        )  # fmt: skip


def take_after_all(mail: Mail, *, by: User) -> None:
    """Somebody looked at what was kept apart: it is a customer's mail like any other."""
    if mail.file is None or mail.reason == Reason.UNREADABLE:
        raise NothingToTake()
    with default_storage.open(mail.file.stored_as, "rb") as file:
        found = read_mail(file.read())
    with _files_undone() as kept, transaction.atomic():
        rows = Mail.objects.filter(pk=mail.pk, state=State.APART)
        if not rows.update(state=State.TAKEN, taken_by=by, wants_no_answer=True):
            raise NotApart()
        mail.refresh_from_db()
        _take(mail, found, kept, by=by)


def settle_mail(mail: Mail, matter: str) -> bool:
    """Say what a mail belongs to, once; whether this was the time."""
    rows = Mail.objects.filter(pk=mail.pk, settled_at=None)
    return bool(rows.update(matter=matter, settled_at=now()))


def head_of(mail: Mail) -> dict[str, str]:
    """Name, address to answer to and subject as they came, empty once the person was erased.

    Showing them needs a reason.
    """
    if not mail.sealed_head:
        return {"name": "", "answer": "", "subject": ""}
    found: dict[str, str] = json.loads(unseal(mail.sealed_head, mail.place))
    return found


def keep_unreadable(mailbox: Mailbox, place: tuple[int, int], raw: bytes, size: int) -> Mail | None:
    """Keep a mail that could not be taken for a reason of its own; its file is there to look at."""
    with _files_undone() as kept, transaction.atomic():
        mail = _row(mailbox, place, None, size, Reason.UNREADABLE)
        if mail is not None:
            mail.file = kept(_stored(raw, "mail.eml", "mail"))
            mail.save(update_fields=["file"])
            _keep_apart(mail, None)
    return mail
