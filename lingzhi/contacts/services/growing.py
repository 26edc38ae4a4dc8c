"""Conversations that grow by whole messages: one mail, one turn (邮件往来)."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from lingzhi.accounts.models import User
from lingzhi.contacts.counting import days_of
from lingzhi.contacts.days import touch_days
from lingzhi.contacts.intake import delivery_reader
from lingzhi.contacts.models import Contact, Turn, place_of_turn
from lingzhi.contacts.queries.mail import MAIL
from lingzhi.contacts.search import index_contacts
from lingzhi.contacts.services.contacts import receive_contact, source_named
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.jobs.services import later
from lingzhi.kpis.services import mark_days
from lingzhi.org.models import Unit
from lingzhi_engine.privacy import mask

GROWS = timedelta(days=20)  # times of turns count in ms from the start and end at 24 days


def may_grow(contact: Contact) -> bool:
    """Whether another message still belongs to this conversation; later ones begin a new one."""
    return contact.started_at is not None and now() - contact.started_at < GROWS


@transaction.atomic
def begin_conversation(
    record: dict[str, Any], role: str, text: str, at: datetime, *, unit: Unit | None = None
) -> Contact:
    """A conversation by mail that begins with one message; `record` are facts as a source delivers
    them, `unit` the team where no agent is known yet."""
    direction = "in" if role == "customer" else "out"
    turns = [{"role": role, "text": text}]
    given = {"channel": "email", "direction": direction, "started_at": at.isoformat()}
    delivery = delivery_reader()({**given, **record, "turns": turns})
    source = source_named(MAIL, gettext("E-mail"))
    receive_contact(source, delivery, by=None)
    contact = Contact.objects.get(source=source, external_id=record["external_id"])
    if contact.unit is None:
        contact.unit = unit
        contact.save(update_fields=["unit"])
    return contact


@transaction.atomic
def add_turn(contact: Contact, role: str, text: str, at: datetime, *, by: User | None) -> int:
    """One message more, and its number; the conversation is inspected again.

    The first person of the house who answers is its agent.
    """
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    seq = contact.turn_count + 1
    turn = Turn(contact=contact, seq=seq, role=role, text=mask(text))
    turn.sealed = "" if turn.text == text else seal(text, place_of_turn(contact.pk, seq))
    begun = contact.started_at or at
    turn.start_ms = max(0, round((at - begun).total_seconds() * 1000))
    turn.save()
    _note(contact, seq, turn, at, by)
    words = contact.turns.order_by("seq").values_list("text", flat=True)
    index_contacts([(contact.pk, "\n".join(words))])
    touch_days([contact.started_at])
    mark_days(days_of(Contact.objects.filter(pk=contact.pk)))
    later("inspections.inspect_contacts", contact_ids=[contact.pk])
    return seq


def _note(contact: Contact, seq: int, turn: Turn, at: datetime, by: User | None) -> None:
    content = f"{contact.content_sha256}\0{turn.role}\0{turn.text}"
    facts: dict[str, object] = {
        "turn_count": seq,
        "content_sha256": hashlib.sha256(content.encode()).hexdigest(),
        "ended_at": max(at, contact.ended_at or at),
    }
    if by is not None and contact.agent_id is None:
        facts |= {"agent": by, "answered_at": max(at, contact.started_at or at)}
    Contact.objects.filter(pk=contact.pk).update(**facts)
