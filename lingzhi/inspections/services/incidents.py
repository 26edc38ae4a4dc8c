"""The register of critical incidents (关键事件法)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Behaviour, Incident
from lingzhi.notifications.services import tell
from lingzhi.org.queries import team_of


class WithdrawnBefore(DomainError):
    message = _("This incident was withdrawn already.")


class AnsweredBefore(DomainError):
    message = _("You have said what you have to say.")


class AboutOneself(DomainError):
    message = _("Nobody puts an incident about themselves on the register.")


@transaction.atomic
def record_incident(
    person: User,
    kind: Incident.Kind | str,
    story: str,
    *,
    happened_on: date,
    by: User,
    contact: Contact | None = None,
    evidence: str = "",
    behaviour: Behaviour | None = None,
    severity: str = "",
) -> Incident:
    """Put it on the register; the person is told. Raises BadInput without a story or evidence."""
    if person.pk == by.pk:
        raise AboutOneself()
    if not story.strip():
        raise BadInput(_("Say what happened."), field="story")
    if contact is None and not evidence.strip():
        sentence = _("Name the evidence: a conversation, or where it is kept.")
        raise BadInput(sentence, field="evidence")
    if happened_on > today():
        raise BadInput(_("This day is still to come."), field="happened_on")
    made = Incident.objects.create(
        person=person, unit=team_of(person, happened_on), kind=kind, story=story.strip(),
        happened_on=happened_on, contact=contact, evidence=evidence.strip(), behaviour=behaviour,
        severity=severity or (behaviour.severity if behaviour else ""),
        recorded_at=now(), recorded_by=by,
    )  # fmt: skip
    after: dict[str, Any] = {"kind": str(kind), "person": person.pk, "on": str(happened_on)}
    record(by, "inspections.incident_recorded", made, after=after)
    url = reverse("inspections:incident", args=[made.pk])
    tell([person], _("An incident about you is on the register"), url=url)
    return made


@transaction.atomic
def answer_incident(incident: Incident, text: str, *, by: User) -> None:
    """The person has read it, and may say something to it: once, beside the story."""
    open_ones = Incident.objects.filter(pk=incident.pk, person=by, seen_at=None)
    if not open_ones.update(seen_at=now(), answer=text.strip()):
        raise AnsweredBefore()
    record(by, "inspections.incident_answered", incident)


@transaction.atomic
def withdraw_incident(incident: Incident, *, reason: str, by: User) -> None:
    """It stays with the reason, and counts nowhere any more."""
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    standing = Incident.objects.filter(pk=incident.pk, withdrawn_at=None)
    changes = {"withdrawn_at": now(), "withdrawn_by": by, "withdraw_reason": reason.strip()[:300]}
    if not standing.update(**changes):
        raise WithdrawnBefore()
    record(by, "inspections.incident_withdrawn", incident, reason=reason)
    url = reverse("inspections:incident", args=[incident.pk])
    tell([incident.person], _("An incident about you was withdrawn"), url=url)
