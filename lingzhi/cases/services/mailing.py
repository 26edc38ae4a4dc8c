"""Mail and cases: what customers write opens or continues a case, agents answer from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, CaseType, ClockKind
from lingzhi.cases.queries.mail import case_of_mail, matter_of_mail
from lingzhi.cases.queries.people import leaders_of
from lingzhi.cases.queries.secrecy import is_hidden
from lingzhi.cases.services.attaching import add_file
from lingzhi.cases.services.built_in import built_in
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.clocks import meet_clocks, repeat_dues, start_clocks
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.recognising import NotRecognised
from lingzhi.cases.services.telling import Told, tell_customer
from lingzhi.cases.services.words import demanded
from lingzhi.cases.services.working import CaseClosed
from lingzhi.contacts.models import Contact, Mail, Mailbox, OutgoingMail
from lingzhi.contacts.queries.mail import mailbox_for, words_of
from lingzhi.contacts.services.mail import head_of, settle_mail
from lingzhi.contacts.services.outgoing import Letter, queue_mail
from lingzhi.core.errors import DomainError
from lingzhi.customers.models import Identifier
from lingzhi.files.models import StoredFile
from lingzhi.notifications.services import settle_matter, tell

Kind = CaseEvent.Kind
LONGEST = 2000  # of a line of the history


class NoAddress(DomainError):
    message = _("There is no e-mail address to answer to, or no mailbox to write from.")


class CustomerHidden(DomainError):
    message = _("The complainant is hidden: nobody writes to them by mail.")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the customer is told by mail. With `expected_at`, or where `is_result`, it is telling
    them in the sense of the rules (告知), with its promise or as the result. `beside` are keys of
    files beside the case that go with it, `papers` further ones, which are kept there, too."""

    text: str
    expected_at: datetime | None = None
    is_result: bool = False
    beside: Sequence[int] = ()
    papers: Sequence[tuple[IO[Any], str]] = ()


@transaction.atomic
def mail_arrived(mail: Mail) -> Case | None:
    """Give a mail its case. Doing so twice changes nothing."""
    if mail.contact_id is None:
        return None
    contact = Contact.objects.select_for_update().get(pk=mail.contact_id)
    mail = Mail.objects.select_related("mailbox__unit", "mailbox__responsible").get(pk=mail.pk)
    if mail.settled_at is not None:
        return None
    mail.contact = contact
    words = words_of(mail)
    case = case_of_mail(mail)
    if case is None:
        case = _opened(mail, words)
    else:
        _continue(case, mail, words)
    settle_mail(mail, matter_of_mail(case))
    return case


def _opened(mail: Mail, words: str) -> Case:
    box = mail.mailbox
    title = mail.subject.strip()[:120] or gettext("Mail without a subject")
    opening = Opening(
        type=None, title=title, unit=box.unit, description=words, contact=mail.contact,
        owner=box.responsible, through=Case.Through.MAIL,
    )  # fmt: skip
    try:
        case = open_case(opening, by=None)
    except NotRecognised:
        usual = CaseType.objects.get(code=box.case_type)
        case = open_case(replace(opening, type=usual), by=None)
    note_event(case, Kind.MAIL_CAME, by=None, way=CaseEvent.Way.EMAIL)
    if box.confirms and not mail.wants_no_answer:
        _confirm(case, mail)
    return case


def _confirm(case: Case, mail: Mail) -> None:
    """The number of the case and how to answer, written by the program."""
    text = str(built_in("built_in.yaml")["receipt"]).replace("{number}", case.number)
    letter = Letter(
        mail.mailbox, head_of(mail)["answer"], _subject(case, mail), text,
        matter=matter_of_mail(case), answers=mail, contact=mail.contact, is_automatic=True,
    )  # fmt: skip
    queue_mail(letter, by=None)


def _subject(case: Case, mail: Mail | None) -> str:
    """The subject that the customer knows, with the number of the case."""
    known = head_of(mail)["subject"] if mail else case.title
    plain = known if known.lower().startswith(("re:", "回复")) else f"Re: {known}"
    return plain if case.number in plain else f"{plain[:180]} [{case.number}]"


def _continue(case: Case, mail: Mail, words: str) -> None:
    """The customer writes again: it stands in the history, and whoever handles the case hears."""
    is_other = case.customer_id is not None and mail.contact is not None and (
        not _is_address_of(case, mail)
    )  # fmt: skip
    # Whose address it is, the panel of mail says to those who may learn the customer.
    warning = gettext("From an address that is not known of the customer:")
    text = f"{warning}\n{words}" if is_other else words
    note_event(
        case, Kind.MAIL_CAME, by=None, text=text[:LONGEST], is_public=True, way=CaseEvent.Way.EMAIL
    )
    title = (
        _("A customer wrote to a closed case: reopen it or open another")
        if case.is_closed
        else _("A customer wrote again")
    )
    tell(
        [case.handler] if case.handler else leaders_of(case.unit), title,
        body=f"{case.number} {case.title}", url=reverse("cases:case", args=[case.pk]),
        is_todo=True, matter=_matter_of_word(case),
    )  # fmt: skip
    record(None, "cases.mail_came", case, after={"mail": mail.pk})


def _matter_of_word(case: Case) -> str:
    """The name under which the to-do to answer the customer is open."""
    return f"cases.mail/{case.pk}"


def _is_address_of(case: Case, mail: Mail) -> bool:
    rows = Identifier.objects.filter(customer=case.customer_id, kind=Identifier.Kind.EMAIL)
    return rows.filter(blind_index=mail.sender_index).exists()


def way_to(case: Case) -> tuple[Mailbox | None, str, Mail | None]:
    """The mailbox to write from, the customer's address and the mail that is answered: where they
    wrote last from, else the address in their file."""
    rows = Mail.objects.filter(matter=matter_of_mail(case), state=Mail.State.TAKEN)
    last = rows.select_related("mailbox", "contact").order_by("-id").first()
    if last is not None:
        return last.mailbox, head_of(last)["answer"], last
    found = Identifier.objects.filter(customer=case.customer_id, kind=Identifier.Kind.EMAIL).first()
    box = mailbox_for(case.unit.path)
    return box, found.reveal() if found and case.customer_id else "", None


@transaction.atomic
def reply_by_mail(case: Case, reply: Reply, *, seen: int, by: User) -> OutgoingMail:
    """Write to the customer: it answers the clocks that waited for a word. Raises NoAddress,
    CustomerHidden, CaseClosed, CaseChanged, BadInput for files."""
    if case.is_closed:
        raise CaseClosed()
    if is_hidden(case):
        raise CustomerHidden()
    box, address, last = way_to(case)
    if box is None or not address:
        raise NoAddress()
    words = demanded(reply.text, LONGEST, field="text")
    _told(case, words, reply, seen, by)
    letter = Letter(
        box, address, _subject(case, last), words, matter=matter_of_mail(case), answers=last,
        contact=last.contact if last else None, files=_files(case, reply, by),
    )  # fmt: skip
    mail = queue_mail(letter, by=by)
    settle_matter(_matter_of_word(case))
    assert mail is not None  # only what the program writes by itself may be too often
    record(by, "cases.mail_written", case, after={"mail": mail.pk})
    return mail


def _files(case: Case, reply: Reply, by: User) -> list[StoredFile]:
    beside = case.files.filter(pk__in=reply.beside).select_related("file").order_by("pk")
    further = [add_file(case, source, name=name, by=by) for source, name in reply.papers]
    return [one.file for one in (*beside, *further)]


def _told(case: Case, words: str, reply: Reply, seen: int, by: User) -> None:
    if reply.expected_at is not None or (case.is_over and reply.is_result):
        told = Told(words, reply.expected_at, CaseEvent.Way.EMAIL)
        tell_customer(case, told, seen=seen, by=by)
        return
    claim(case, seen)
    note_event(case, Kind.MAIL_WRITTEN, by=by, text=words, is_public=True, way=CaseEvent.Way.EMAIL)
    meet_clocks(case, [ClockKind.FIRST_RESPONSE, ClockKind.UPDATE], by=by)
    if not case.is_over:
        start_clocks(case, [ClockKind.UPDATE], by=by)
    repeat_dues(case)


@transaction.atomic
def mail_not_sent(mail: OutgoingMail) -> None:
    """Say on the case that the customer did not get a mail, once for each of its ends."""
    kind, _slash, number = mail.matter.partition("/")
    case = Case.objects.filter(pk=number).first() if kind == "cases.case" else None
    if case is None:
        return
    queued = timezone.localtime(mail.queued_at).strftime("%Y-%m-%d %H:%M:%S")
    text = f"{queued} {mail.get_state_display()}: {mail.problem}"
    if case.events.filter(kind=Kind.MAIL_NOT_SENT, text=text).exists():
        return
    note_event(case, Kind.MAIL_NOT_SENT, by=None, text=text, way=CaseEvent.Way.EMAIL)
    tell(
        [mail.by or case.handler or case.owner], _("A mail did not reach the customer: tell them"),
        body=f"{case.number} {case.title}", url=reverse("cases:case", args=[case.pk]),
        is_todo=True, matter=f"cases.mail_out/{mail.pk}",
    )  # fmt: skip
    record(None, "cases.mail_not_sent", case, after={"mail": mail.pk, "state": mail.state})
