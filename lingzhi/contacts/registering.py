"""What any employee may register (R-OR-14): a customer contact, an idea, a lapse (全员参与)."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.lines import names_speaker
from lingzhi.contacts.models import Contact
from lingzhi.contacts.services import receive_contact, source_named
from lingzhi.core.clock import now, today
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on

SOURCE = "register"


@transaction.atomic
def register_contact(values: dict[str, Any], *, by: User) -> Contact:
    """A contact that reached an employee of any department, told in lines or in a few words.

    `values`: channel, direction, started_at, customer_name, customer_phone, words, outcome.
    """
    words = values["words"]
    delivery = read_delivery(
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
    return tell(_responsible(unit), titles[kind], body=words, is_todo=True)


def _responsible(unit: Unit) -> list[User]:
    """The quality representative of the unit or of one above it, else the quality managers."""
    for ancestor in reversed(_line(unit)):
        if ancestor.quality_representative:
            return [ancestor.quality_representative]
    managers = assignments_on(today()).filter(role="quality_manager").select_related("person")
    return [assignment.person for assignment in managers]


def _line(unit: Unit) -> list[Unit]:
    """The units from the root down to `unit`."""
    keys = [int(key) for key in unit.path.strip("/").split("/")]
    return list(Unit.objects.filter(pk__in=keys).select_related("quality_representative"))
