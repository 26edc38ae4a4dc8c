"""Receiving a customer step by step (接待流程): each step with its time, in an order that holds."""

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, Reception, ReceptionPolicy, ReceptionStep
from lingzhi.cases.queries.receptions import needs_consent
from lingzhi.cases.services.words import demanded, kept
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.org.models import Unit

Step = ReceptionStep.Kind
# Of a case, what was registered stands there; else problem and demand are written down (R-CH-08).
NEEDS_WORDS = {
    Step.REGISTERED,
    Step.EXPLAINED,
    Step.OUT_OF_SCOPE,
    Step.REFERRED,
    Step.ADVISED,
    Step.MATERIALS,
}
NEEDS_UNIT = {Step.RECEIVER, Step.GUIDED}
# What goes before: a transfer is explained before the receiver is named, and so on (转接流程).
BEFORE = {
    Step.CONSENT: Step.EXPLAINED, Step.RECEIVER: Step.EXPLAINED, Step.CONFIRMED: Step.RECEIVER,
    Step.REFERRED: Step.OUT_OF_SCOPE,
}  # fmt: skip


class OutOfTurn(DomainError):
    """A step whose earlier one is missing."""

    def __init__(self, before: str) -> None:
        super().__init__(_("First comes: %(step)s") % {"step": ReceptionStep.Kind(before).label})


class NotAgreed(DomainError):
    message = _("The customer has not agreed to be transferred.")


@dataclass(frozen=True, slots=True)
class Taken:
    """One step: its words, whether the customer agreed, who takes over."""

    kind: str
    text: str = ""
    is_agreed: bool | None = None
    unit: Unit | None = None
    person: User | None = None


@transaction.atomic
def receive(
    unit: Unit, *, contact: Contact | None = None, case: Case | None = None, by: User
) -> Reception:
    """The reception of a conversation or a case; the one there is, else a new one."""
    about = {"contact": contact} if contact else {"case": case, "contact": None}
    found = Reception.objects.filter(**about).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _begin(Reception(unit=unit, contact=contact, case=case), by)
    except IntegrityError:  # somebody else began it in this moment
        return Reception.objects.get(**about)


@transaction.atomic
def welcome(unit: Unit, visitor: str, *, by: User) -> Reception:
    """Somebody arrives at the front desk (前台接待)."""
    name = demanded(visitor, 80, field="visitor")
    desk = Reception.Kind.FRONT_DESK
    found = _begin(Reception(kind=desk, unit=unit, visitor=name), by)
    take_step(found, Taken(Step.ARRIVED), by=by)
    return found


def _begin(reception: Reception, by: User) -> Reception:
    reception.begun_at, reception.begun_by = now(), by
    reception.save()
    record(by, "cases.reception_begun", reception, after={"kind": reception.kind})
    return reception


@transaction.atomic
def take_step(reception: Reception, taken: Taken, *, by: User) -> ReceptionStep:
    """A step, now. Raises BadInput, OutOfTurn, NotAgreed.

    Consent is needed before the receiver is named where the centre has set so (V-24); a customer
    who said no is not transferred anywhere.
    """
    Reception.objects.select_for_update().get(pk=reception.pk)
    if taken.kind == Step.REGISTERED and not taken.text.strip():
        taken = replace(taken, text=_registered(reception))
    _require_whole(taken)
    done = {one.kind: one for one in reception.steps.all()}
    before = BEFORE.get(Step(taken.kind))
    if before is not None and before not in done:
        raise OutOfTurn(before)
    if taken.kind == Step.RECEIVER:
        _require_consent(done.get(Step.CONSENT))
    step = ReceptionStep.objects.create(
        reception=reception, kind=taken.kind, at=now(), by=by, text=kept(taken.text, 500),
        is_agreed=taken.is_agreed if taken.kind == Step.CONSENT else None,
        unit=taken.unit, person=taken.person,
    )  # fmt: skip
    record(by, "cases.reception_step", reception, after={"step": taken.kind})
    return step


def _registered(reception: Reception) -> str:
    """What the case says of the problem and the demand; empty where there is none."""
    rows = Case.objects.filter(Q(pk=reception.case_id) | Q(contact__receptions=reception))
    case = rows.exclude(description="").first()
    return f"{case.number} {case.title}" if case else ""


def _require_whole(taken: Taken) -> None:
    if taken.kind not in Step.values:
        raise BadInput(_("Choose a step."), field="kind")
    if taken.kind in NEEDS_WORDS:
        demanded(taken.text, 500, field="text")
    if taken.kind in NEEDS_UNIT and taken.unit is None:
        raise BadInput(_("Say which department or unit."), field="unit")
    if taken.kind == Step.CONSENT and taken.is_agreed is None:
        raise BadInput(_("Say whether the customer agrees."), field="is_agreed")


def _require_consent(consent: ReceptionStep | None) -> None:
    said_no = consent is not None and consent.is_agreed is False
    if said_no or (consent is None and needs_consent()):
        raise NotAgreed()


@transaction.atomic
def set_reception_policy(*, needs_consent: bool, by: User) -> ReceptionPolicy:
    """Whether a transfer needs the customer's consent here."""
    policy = ReceptionPolicy.objects.create(needs_consent=needs_consent, set_at=now(), set_by=by)
    record(by, "cases.reception_policy_set", policy, after={"needs_consent": needs_consent})
    return policy
