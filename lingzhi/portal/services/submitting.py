"""Taking what a customer sends: a case with its number, and the secret code to follow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseType
from lingzhi.cases.services.attaching import add_file
from lingzhi.cases.services.complaints import Registration, register_complaint
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.contacts.models import Channel
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.customers.models import Customer, Identifier
from lingzhi.customers.services.known import customers_for
from lingzhi.org.queries.privacy import CHANNELS, notice_on
from lingzhi.portal.models import PortalSettings, Submission
from lingzhi.portal.queries.codes import code_of, digest_of, new_code, submission_of
from lingzhi.portal.queries.settings import portal_settings
from lingzhi.portal.services.limits import keyed, require_room
from lingzhi.portal.services.receipts import mail_receipt

Kind = Submission.Kind
TYPES = {Kind.REQUEST: "enquiry", Kind.SUGGESTION: "feedback"}
CHANNEL = "portal"
Files = Sequence[tuple[IO[Any], str]]


class PortalShut(DomainError):
    message = _("The portal is shut. Please call us.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a customer says. Name, phone and e-mail may all be missing: then only the code leads
    back to them. `consent` is what they agreed to, as it was shown."""

    kind: str
    title: str
    text: str
    consent: str
    demand: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "zh-hans"


@transaction.atomic
def submit(sent: Sent, files: Files, *, nonce: str, address: str) -> str:
    """Open the case, with who receives as its first responsible; the code that follows it.

    `nonce` is of the form: sent twice, it stays one matter. Raises PortalShut, TooMany, BadInput.
    """
    code = code_of(nonce)
    if submission_of(code):
        return code
    portal = portal_settings()
    if not portal.is_open or portal.receiver is None:
        raise PortalShut()
    require_room(portal, address)
    case = _open(sent, portal, portal.receiver)
    for source, name in files:
        add_file(case, source, name=name, by=None)
    receipt, why = mail_receipt(case, sent.email, code, sent.language)
    submission = Submission.objects.create(
        receipt=receipt, no_receipt=why,
        case=case, kind=sent.kind, digest=digest_of(code), address=keyed(address),
        language=sent.language, consent=sent.consent, sent_at=now(), issued_at=now(),
        notice=notice_on(CHANNELS.PORTAL),
    )  # fmt: skip
    record(
        None, "portal.submitted", submission,
        after={"number": case.number, "kind": sent.kind, "files": len(files), "receipt": not why},
    )  # fmt: skip
    return code


@transaction.atomic
def issue_code(submission: Submission, *, by: User) -> str:
    """Another code; the one before opens nothing any more. It is shown this once."""
    code = new_code()
    rows = Submission.objects.filter(pk=submission.pk)
    rows.update(digest=digest_of(code), issued_at=now())
    record(by, "portal.code_issued", submission, after={"number": submission.case.number})
    return code


def _open(sent: Sent, portal: PortalSettings, receiver: User) -> Case:
    channel, _new = Channel.objects.get_or_create(code=CHANNEL, defaults={"name": "客户门户"})
    who = {
        "customer": _customer(sent), "channel": channel, "through": Case.Through.PORTAL,
    }  # fmt: skip
    if sent.kind == Kind.COMPLAINT:
        words = {"title": sent.title, "description": sent.text, "demand": sent.demand}
        given = Registration(**words, **who, receiver=receiver)  # type: ignore[arg-type]
        return register_complaint(given, by=None).case
    opening = Opening(
        type=CaseType.objects.get(code=TYPES[Kind(sent.kind)]), title=sent.title, unit=portal.unit,
        description=sent.text, demand=sent.demand or sent.title, owner=receiver, **who,  # type: ignore[arg-type]
    )  # fmt: skip
    return open_case(opening, by=None)


def _customer(sent: Sent) -> Customer | None:
    """The file of who can be reached; nobody checked yet that it is them."""
    if not (sent.phone or sent.email):
        return None
    kinds = Identifier.Kind
    given = {kinds.PHONE: sent.phone, kinds.EMAIL: sent.email, kinds.NAME: sent.name}
    return customers_for([{str(kind): value for kind, value in given.items() if value}])[0]
