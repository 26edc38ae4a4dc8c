from typing import Any

from lingzhi.conftest import Cast
from lingzhi.contacts.models import Contact, Mail, Mailbox, MailPart, OutgoingMail
from lingzhi.contacts.services.mail import take_mail
from lingzhi.contacts.services.outgoing import Letter, queue_mail
from lingzhi.core.clock import today
from tests.permissions.objects import Route, Whose
from tests.permissions.of_cases import by_number

RAW = (
    b"From: li@example.com\r\nSubject: x\r\nMessage-ID: <a@b>\r\nMIME-Version: 1.0\r\n%s"
    b"Content-Type: text/plain; name=a.txt\r\n\r\nabc\r\n"
)


def mailbox(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_mailbox(whose).pk}


def a_mailbox(whose: Whose) -> Mailbox:
    return Mailbox.objects.create(
        address="service@centre.example", name="?", unit=whose.unit, responsible=whose.person,
        from_on=today(), imap_host="mail.example", smtp_host="mail.example", user="?",
    )  # fmt: skip


def mail(cast: Cast, whose: Whose, more: bytes = b"") -> dict[str, Any]:
    """A mail of a conversation of the person's."""
    raw = RAW % more
    made = take_mail(a_mailbox(whose), (1, 1), raw, len(raw))
    assert made is not None
    Contact.objects.filter(pk=made.contact_id).update(agent=whose.person, unit=whose.unit)
    return {"pk": made.pk}


def apart(cast: Cast, whose: Whose) -> dict[str, Any]:
    return mail(cast, whose, b"X-Spam-Flag: YES\r\n")


def part(cast: Cast, whose: Whose) -> dict[str, Any]:
    given = mail(cast, whose)
    return given | {"number": MailPart.objects.get(mail=given["pk"]).number}


def stuck(cast: Cast, whose: Whose) -> dict[str, Any]:
    letter = Letter(a_mailbox(whose), "li@example.com", "?", "?")
    made = queue_mail(letter, by=whose.person)
    assert made is not None
    OutgoingMail.objects.filter(pk=made.pk).update(state="failed")
    return {"pk": made.pk}


def of_case(cast: Cast, whose: Whose) -> dict[str, Any]:
    given = mail(cast, whose)
    case = by_number(cast, whose)["pk"]
    Mail.objects.filter(**given).update(matter=f"cases.case/{case}")
    return given


def part_of_case(cast: Cast, whose: Whose) -> dict[str, Any]:
    return of_case(cast, whose) | {"number": 1}


NO_PART = {"pk": 999_999_999, "number": 1}
ROUTES = {
    "contacts:mailboxes": Route(),
    "contacts:mailbox_new": Route(),
    "contacts:mailbox": Route(mailbox),
    "contacts:mailbox_try": Route(mailbox, method="post"),
    "contacts:mails_apart": Route(),
    "contacts:mails_outgoing": Route(),
    "contacts:mail_again": Route(stuck, method="post"),
    "contacts:mail_give_up": Route(stuck, method="post"),
    "contacts:mail_show": Route(mail),
    "contacts:mail_take": Route(apart, method="post"),
    "contacts:mail_part": Route(part, missing=NO_PART),
    "cases:mail_reply": Route(by_number),
    "cases:mail_show": Route(of_case),
    "cases:mail_part": Route(part_of_case, missing=NO_PART),
}
