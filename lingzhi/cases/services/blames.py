"""Responsibility (定责): nobody decides about themselves, and everybody is heard first."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Blame, Complaint
from lingzhi.cases.services.frequent import look_at_frequent
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit


class BlamedAlready(DomainError):
    message = _("This is proposed already.")


class StillTheirs(DomainError):
    message = _("This person handles the case: give it to somebody else first.")


class Involved(DomainError):
    message = _("Whoever is involved does not decide: another person has to.")


class NotHeard(DomainError):
    message = _("The person has not been heard yet.")


class NotNow(DomainError):
    message = _("This is not possible as it stands now.")


@transaction.atomic
def propose_blame(
    complaint: Complaint, unit: Unit, person: User | None, grounds: str, *, by: User
) -> Blame:
    """Propose who is at fault, on verified facts; the person is asked to speak."""
    words = demanded(grounds, 1000, field="grounds")
    if complaint.verified_at is None:
        raise BadInput(_("Verify the facts first: nothing is decided without them."),
                       field="grounds")  # fmt: skip
    if person is not None and person.pk == complaint.case.handler_id:
        raise StillTheirs()
    if complaint.blames.filter(unit=unit, person=person).exists():
        raise BlamedAlready()
    try:
        with transaction.atomic():
            blame = Blame.objects.create(
                complaint=complaint, unit=unit, person=person, grounds=words, proposed_at=now(),
                proposed_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise BlamedAlready() from None
    if person is not None:
        tell([person], _("Say how you see it before it is decided"), is_todo=True,
             url=_url(blame), matter=_matter(blame))  # fmt: skip
    record(by, "cases.blame_proposed", complaint, after={"unit": unit.pk, "blame": blame.pk})
    return blame


@transaction.atomic
def hear(blame: Blame, statement: str, *, by: User) -> None:
    """What the person says to it (听取陈述); only they themselves say it."""
    words = demanded(statement, 1000, field="statement")
    said = Blame.objects.filter(pk=blame.pk, person=by, decided_at=None).update(
        statement=words, heard_at=now()
    )
    if not said:
        raise NotNow()
    settle_matter(_matter(blame))
    record(by, "cases.blamed_heard", blame.complaint, after={"blame": blame.pk})


@transaction.atomic
def decide_blame(blame: Blame, decision: str, *, is_at_fault: bool, by: User) -> None:
    """At fault or not (有责/无责), by somebody who neither proposed nor handled it."""
    words = demanded(decision, 1000, field="decision")
    if by.pk in {blame.person_id, blame.proposed_by_id, blame.complaint.case.handler_id}:
        raise Involved()
    if blame.person_id is not None and blame.heard_at is None:
        raise NotHeard()
    decided = Blame.objects.filter(pk=blame.pk, decided_at=None).update(
        is_at_fault=is_at_fault, decision=words, decided_at=now(), decided_by=by
    )
    if not decided:
        raise NotNow()
    _tell_person(blame)
    if is_at_fault and blame.person is not None:
        look_at_frequent(blame.person)
    record(by, "cases.blame_decided", blame.complaint,
           after={"blame": blame.pk, "at_fault": is_at_fault}, reason=words)  # fmt: skip


@transaction.atomic
def appeal_blame(blame: Blame, appeal: str, *, by: User) -> None:
    """The person does not agree; once."""
    words = demanded(appeal, 1000, field="appeal")
    appealed = Blame.objects.filter(
        pk=blame.pk, person=by, decided_at__isnull=False, is_at_fault=True, appealed_at=None
    ).update(appeal=words, appealed_at=now(), was_at_fault=True)
    if not appealed:
        raise NotNow()
    record(by, "cases.blame_appealed", blame.complaint, after={"blame": blame.pk})


@transaction.atomic
def answer_appeal(blame: Blame, answer: str, *, is_at_fault: bool, by: User) -> None:
    """The second decision, by somebody else than the first; it holds."""
    words = demanded(answer, 1000, field="answer")
    if by.pk in {blame.person_id, blame.proposed_by_id, blame.decided_by_id,
                 blame.complaint.case.handler_id}:  # fmt: skip
        raise Involved()
    answered = Blame.objects.filter(
        pk=blame.pk, appealed_at__isnull=False, answered_at=None
    ).update(answer=words, is_at_fault=is_at_fault, answered_at=now(), answered_by=by)
    if not answered:
        raise NotNow()
    _tell_person(blame)
    record(by, "cases.blame_answered", blame.complaint,
           after={"blame": blame.pk, "at_fault": is_at_fault}, reason=words)  # fmt: skip


def _tell_person(blame: Blame) -> None:
    if blame.person is not None:
        tell([blame.person], _("It is decided whether you are at fault"), url=_url(blame))


def _url(blame: Blame) -> str:
    return reverse("cases:blame", args=[blame.pk])


def _matter(blame: Blame) -> str:
    return f"cases.blame/{blame.pk}"
