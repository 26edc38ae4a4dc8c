"""Telling the customer the result when a case is closed: once, and only where it may be.

By e-mail, or by text message where there is no address but a number and a line of the unit; the
line finds out later what becomes of that. The letter is queued with the closing and sent by a job.
A claim that is found open means that a try died half-way: it is not repeated, somebody looks at it
instead.
"""

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Confirmation
from lingzhi.cases.queries.people import leaders_of
from lingzhi.cases.queries.secrecy import is_hidden
from lingzhi.cases.services.built_in import built_in
from lingzhi.cases.services.claiming import note_event
from lingzhi.contacts.models import SentMessage
from lingzhi.contacts.queries.lines import sms_line_for
from lingzhi.contacts.services.message_queue import queue_text
from lingzhi.core.clock import now
from lingzhi.core.refusals import FOR_GOOD, NOT_SENT, reply_of
from lingzhi.customers.models import Customer, Identifier, Purpose
from lingzhi.customers.queries.outreach import Why, may_ask
from lingzhi.jobs.services import later
from lingzhi.notifications.services import tell

State = Confirmation.State
MATTER = "cases.confirmation"
TRIES = 4
WAIT = timedelta(minutes=5)


@transaction.atomic
def confirm_result(case: Case) -> None:
    """Queue the letter of a case that was just closed, where its type asks for one."""
    if not case.type.confirms or case.fed_back_at is None:
        return  # where nobody was reached, no result was told that could be repeated
    if not settings.EMAIL_HOST or address_of(case) is None:
        _confirm_by_text(case)
        return
    row, is_new = Confirmation.objects.get_or_create(
        case=case, cycle=case.cycle, defaults={"queued_at": now()}
    )
    if is_new:
        later("cases.send_confirmation", confirmation_id=row.pk)


def _confirm_by_text(case: Case) -> None:
    number, line = address_of(case, Identifier.Kind.PHONE), sms_line_for(case.unit.path)
    if number is None or line is None or not result_of(case):
        return
    row, is_new = Confirmation.objects.get_or_create(
        case=case, cycle=case.cycle,
        defaults={
            "queued_at": now(), "state": State.SENT, "ended_at": now(), "address": number.masked,
        },
    )  # fmt: skip
    if is_new:
        text = letter_of(case, result_of(case))
        queue_text(line, number.reveal(), text, matter=f"{MATTER}/{row.pk}")
        _note_confirmed(case, number, CaseEvent.Way.MESSAGE)


@transaction.atomic
def text_not_sent(sent: SentMessage) -> None:
    """The line found out that a result did not arrive. Doing so twice changes nothing."""
    row = Confirmation.objects.select_related("case").get(pk=sent.matter.partition("/")[2])
    state = State.UNKNOWN if sent.state == SentMessage.State.UNKNOWN else State.FAILED
    _give_up(row, State.SENT, state, sent.problem[:200], CaseEvent.Way.MESSAGE)


def address_of(case: Case, kind: str = Identifier.Kind.EMAIL) -> Identifier | None:
    """Where the letter may go: the customer's e-mail, unless they refused or are hidden."""
    customer: Customer | None = case.customer
    if customer is None or is_hidden(case):
        return None
    if may_ask(customer, Purpose.FOLLOW_UP).why in (Why.REFUSED, Why.CLOSED):
        return None
    return customer.identifiers.filter(kind=kind).first()


def result_of(case: Case) -> str:
    """What the customer was told last in this cycle; empty where they were told no result."""
    if case.fed_back_at is None:
        return ""
    begun = case.events.filter(kind=CaseEvent.Kind.REOPENED).order_by("-id").first()
    told = case.events.filter(kind=CaseEvent.Kind.TOLD, pk__gt=begun.pk if begun else 0)
    last = told.order_by("-id").first()
    return last.text if last else ""


def letter_of(case: Case, result: str) -> str:
    """The letter of its type, else the usual one, with what is known of the case."""
    text = case.type.confirmation or usual_letter()
    opened = timezone.localtime(case.opened_at).strftime("%Y-%m-%d")
    facts = {"number": case.number, "opened": opened, "title": case.title, "result": result}
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def usual_letter() -> str:
    """The letter that comes with the program."""
    return str(built_in("built_in.yaml")["confirmation"])


def send_confirmation(row: Confirmation) -> None:
    """One try. What could not be sent is tried again later, what a server refuses for good is not;
    in the end it stands in the history and is a to-do for the handler."""
    if not Confirmation.objects.filter(pk=row.pk, state=State.WAITING).update(state=State.SENDING):
        _give_up(row, State.SENDING, State.UNKNOWN, gettext("the try broke off"))
        return
    case = row.case
    address, result = address_of(case), result_of(case)
    if address is None or not result or not case.is_closed or case.cycle != row.cycle:
        _end(row, State.SENDING, State.DROPPED)
        return
    subject = gettext("The result of your matter %(number)s") % {"number": case.number}
    try:
        send_mail(subject, letter_of(case, result), None, [address.reveal()])
    except NOT_SENT as problem:
        _not_sent(row, reply_of(problem), problem)
    except (SMTPException, OSError) as problem:
        _give_up(row, State.SENDING, State.UNKNOWN, type(problem).__name__)
    else:
        _sent(row, address)


def _not_sent(row: Confirmation, reply: int, problem: Exception) -> None:
    words = (
        gettext("the mail server refused it with code %(code)s") % {"code": reply}
        if reply
        else gettext("the mail server was not reached (%(error)s)")
        % {"error": type(problem).__name__}
    )
    if reply >= FOR_GOOD:
        _give_up(row, State.SENDING, State.FAILED, words)
    else:
        _try_again(row, words)


@transaction.atomic
def _sent(row: Confirmation, address: Identifier) -> None:
    _end(row, State.SENDING, State.SENT, address=address.masked)
    _note_confirmed(row.case, address, CaseEvent.Way.EMAIL)


def _note_confirmed(case: Case, address: Identifier, way: str) -> None:
    kind = CaseEvent.Kind.CONFIRMED
    note_event(case, kind, by=None, text=address.masked, is_public=True, way=way)
    record(None, "cases.confirmed", case, after={"identifier": str(address.pk)})


@transaction.atomic
def _try_again(row: Confirmation, problem: str) -> None:
    tries = row.tries + 1
    if tries >= TRIES:
        _give_up(row, State.SENDING, State.FAILED, problem)
        return
    rows = Confirmation.objects.filter(pk=row.pk, state=State.SENDING)
    if rows.update(state=State.WAITING, tries=tries, problem=problem):
        after = now() + WAIT * 2**row.tries
        later("cases.send_confirmation", run_after=after, confirmation_id=row.pk)


@transaction.atomic
def _give_up(
    row: Confirmation, was: str, state: str, problem: str, way: str = CaseEvent.Way.EMAIL
) -> None:
    if not _end(row, was, state, problem=problem):
        return
    case = row.case
    note_event(case, CaseEvent.Kind.NOT_CONFIRMED, by=None, text=problem, way=way)
    tell(
        [case.handler] if case.handler else leaders_of(case.unit),
        _("The result of a case did not reach the customer for certain: tell them"),
        body=f"{case.number} {case.title}", url=reverse("cases:case", args=[case.pk]),
        is_todo=True, matter=f"cases.confirmation/{row.pk}",
    )  # fmt: skip
    record(None, "cases.not_confirmed", case, after={"state": state, "problem": problem})


def _end(row: Confirmation, was: str, state: str, **facts: str) -> int:
    rows = Confirmation.objects.filter(pk=row.pk, state=was)
    return rows.update(state=state, ended_at=now(), **facts)
