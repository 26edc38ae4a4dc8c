"""What any employee may register (R-OR-14): a customer contact, an idea, a lapse (全员参与)."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.intake import delivery_reader
from lingzhi.contacts.lines import names_speaker
from lingzhi.contacts.models import Contact
from lingzhi.contacts.services import receive_contact, source_named
from lingzhi.core.clock import now, today
from lingzhi.core.errors import DomainError
from lingzhi.notifications.services import tell
from lingzhi.org.models import Matter, Unit
from lingzhi.org.queries import assignments_on, in_charge_of, responsible_now
from lingzhi_engine.privacy import mask

SOURCE = "register"


class NobodyAnswers(DomainError):
    message = _(
        "Nobody answers for quality there yet. An administrator must name a quality representative"
        " or give somebody the role of quality manager."
    )


@transaction.atomic
def register_contact(values: dict[str, Any], *, by: User) -> Contact:
    """A contact that reached an employee of any department, told in lines or in a few words.

    `values`: channel, direction, started_at, customer_name, customer_phone, words, outcome.
    Raises Refused with every problem of theirs.
    """
    words = values["words"]
    delivery = delivery_reader()(
        {
            "external_id": f"R{now():%Y%m%d}-{uuid.uuid4().hex[:6].upper()}",
            "agent": by.staff_no,
            "turns": words if names_speaker(words) else [{"role": "customer", "text": words}],
            **{name: value for name, value in values.items() if value and name != "words"},
        }
    )
    outcome = receive_contact(source_named(SOURCE, str(_("Registered by staff"))), delivery, by=by)
    return Contact.objects.get(pk=outcome.new[0])


@transaction.atomic
def register_matter(kind: str, words: str, unit: Unit, *, by: User) -> int:
    """Hand an idea or a lapse to who answers for quality in `unit`; how many were told."""
    titles = {"idea": _("An idea for quality"), "lapse": _("A lapse in quality")}
    record(by, f"contacts.{kind}_registered", unit)
    told = tell(_responsible(unit), titles[kind], body=mask(words), is_todo=True)
    if not told:
        raise NobodyAnswers()
    return told


def _responsible(unit: Unit) -> list[User]:
    """The quality representative of the unit or of the nearest one above that has one at work,
    the deputy or superior where absence is recorded; else who is designated for quality there,
    else the quality managers.
    """
    for ancestor in reversed(_line(unit)):
        representative = ancestor.quality_representative
        if representative is None or not representative.is_active:
            continue
        if found := responsible_now(representative, now(), Matter.QUALITY):
            return [found]
    if designated := in_charge_of(Matter.QUALITY, now(), unit):
        return [designated]
    rows = assignments_on(today()).filter(role="quality_manager").select_related("person")
    managers = [row.person for row in rows if row.person.is_active]
    return [responsible_now(person, now(), Matter.QUALITY) or person for person in managers]


def _line(unit: Unit) -> list[Unit]:
    """The units from the root down to `unit`."""
    keys = [int(key) for key in unit.path.strip("/").split("/")]
    return list(Unit.objects.filter(pk__in=keys).select_related("quality_representative"))
