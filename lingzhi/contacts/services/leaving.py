"""Messages that visitors leave (留言): a contact like any other, and a to-do to answer it."""

import hashlib
import json
import uuid

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.audit.services import record
from lingzhi.contacts.channels import channel_words, spoken_channels
from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.models import ChatSite, Contact
from lingzhi.contacts.services.contacts import receive_contact, source_named
from lingzhi.core.clock import now, today
from lingzhi.core.encryption import seal, unseal
from lingzhi.core.errors import BadInput
from lingzhi.jobs.services import later
from lingzhi.notifications.services import tell
from lingzhi.org.queries import assignments_on

LONGEST = 2000
SOURCE = "chat-message"
PLACE = "contacts.chatsite|message"
LEADING = [code for code, role in ROLES.items() if "contacts.intervene" in role.capabilities]


@transaction.atomic
def leave_message(site: ChatSite, *, id: str, name: str, reach: str, text: str) -> None:
    """Have what was left handed on, sealed until then. Sent again it is handed on once.

    Raises BadInput where there are no words, or no way to answer.
    """
    found = {"name": name.strip()[:60], "reach": reach.strip()[:120], "text": text.strip()}
    for one in ("reach", "text"):
        if not found[one]:
            raise BadInput(_("Please fill this in."), field=one)
    if len(found["text"]) > LONGEST:
        raise BadInput(_("The message is too long."), field="text")
    number = hashlib.sha256(f"{site.pk} {id or uuid.uuid4()}".encode()).hexdigest()[:16].upper()
    record(None, "contacts.message_left", site, after={"number": f"M-{number}"})
    found |= {"at": now().isoformat()}
    sealed = seal(json.dumps(found, ensure_ascii=False), PLACE)
    later("contacts.hand_on_message", site=site.pk, number=f"M-{number}", sealed=sealed)


@transaction.atomic
def hand_on(site: ChatSite, number: str, sealed: str) -> Contact:
    """The message as a contact of the site's unit, and a to-do of who leads it; both once."""
    left = json.loads(unseal(sealed, PLACE))
    reach = "customer_email" if "@" in left["reach"] else "customer_phone"
    given = {
        "external_id": number, "channel": "chat", "direction": "in", "started_at": left["at"],
        "customer_name": left["name"], reach: left["reach"],
        "turns": [{"role": "customer", "text": left["text"]}],
    }  # fmt: skip
    delivery = read_delivery(
        {name: value for name, value in given.items() if value}, channel_words(), spoken_channels()
    )
    source = source_named(SOURCE, str(_("Messages left in the chat")))
    is_new = not Contact.objects.filter(source=source, external_id=number).exists()
    if is_new:
        receive_contact(source, delivery, by=None)
        Contact.objects.filter(source=source, external_id=number).update(unit=site.unit)
    contact = Contact.objects.get(source=source, external_id=number)
    if is_new:
        url = reverse("contacts:detail", args=[contact.pk])
        told = _("A visitor left a message: please answer")
        tell(_leaders(site), told, body=site.name, url=url, is_todo=True,
             matter=f"contacts.contact/{contact.pk}")  # fmt: skip
    return contact


def _leaders(site: ChatSite) -> list[User]:
    """Who leads the site's unit, else those who lead the nearest one above that somebody leads."""
    if site.unit.owner is not None and site.unit.owner.is_active:
        return [site.unit.owner]
    rows = [
        row
        for row in assignments_on(today()).filter(role__in=LEADING).select_related("person")
        if site.unit.path.startswith(row.unit.path) or row.unit.path.startswith(site.unit.path)
    ]
    deepest = max((row.unit.depth for row in rows), default=0)
    return [row.person for row in rows if row.unit.depth == deepest]
