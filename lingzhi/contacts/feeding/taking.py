"""Taking the events of a feed: all of a message or none, and each event once."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.agents import agents_named
from lingzhi.contacts.channels import channel_words, spoken_channels
from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.feeding.events import Closed, Event, Opened, Refused, Said
from lingzhi.contacts.models import Channel, Contact, OpenContact, OpenTurn, Source
from lingzhi.contacts.phone.told import Told
from lingzhi.contacts.readers import unnamed
from lingzhi.contacts.services import receive_contact, take_told
from lingzhi.core import intake
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal, unseal
from lingzhi.core.intake import Problem
from lingzhi_engine.privacy import mask


@dataclass
class Taken:
    """How many events were new and how many were known already."""

    new: int = 0
    known: int = 0

    def count(self, *, is_new: bool) -> None:
        self.new += is_new
        self.known += not is_new


@dataclass
class _Message:
    """One message under way: the open conversations it speaks of, read once and locked."""

    source: Source
    by_number: dict[str, OpenContact]
    taken: Taken = field(default_factory=Taken)


@transaction.atomic
def take_events(source: Source, events: Sequence[Event]) -> Taken:
    """Take what a feed tells. Raises Refused, and nothing is taken, when an event cannot be.

    An event that was taken before is passed over; one that says something else than before is
    refused. The turns of a conversation come in order: one that is missing is named.
    """
    told = [event for event in events if isinstance(event, Told)]
    numbers = {event.id for event in events if not isinstance(event, Told)}
    rows = OpenContact.objects.select_for_update().filter(source=source, external_id__in=numbers)
    message = _Message(source, {one.external_id: one for one in rows})
    for number, event in enumerate(events, start=1):
        problem = None if isinstance(event, Told) else _take(message, event)
        if problem is not None:
            raise Refused([(number, problem)])
    for one in message.by_number.values():
        one.save(update_fields=["turn_count", "moved_at"])
    if told:
        news = take_told(source, told)
        message.taken.new += len(news.new)
        message.taken.known += len(news.known)
    return message.taken


def _take(message: _Message, event: Opened | Said | Closed) -> Problem | None:
    if isinstance(event, Opened):
        return _open(message, event)
    contact = message.by_number.get(event.id)
    if contact is None:
        return Problem("id", _("This conversation was not opened."))
    if isinstance(event, Said):
        return _say(message, contact, event)
    return _close(message, contact, event)


def _open(message: _Message, event: Opened) -> Problem | None:
    facts = json.dumps(event.record, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(facts.encode()).hexdigest()
    known = message.by_number.get(event.id)
    message.taken.count(is_new=known is None)
    if known is not None:
        if known.facts_sha256 == digest:
            return None
        return Problem("id", _("This conversation was opened with other facts before."))
    contact = _opened(message.source, event)
    contact.facts_sha256, contact.sealed_facts = digest, seal(facts, contact.place)
    contact.save()
    message.by_number[event.id] = contact
    return None


def _opened(source: Source, event: Opened) -> OpenContact:
    values = event.values
    reference = str(values.get("agent") or "")
    channel = Channel.objects.get(code=values["channel"])
    agents = agents_named([reference])
    started = values.get("started_at")
    person = agents.person(reference, started, is_voice=channel.is_voice)
    return OpenContact(
        source=source,
        external_id=event.id,
        channel=channel,
        direction=values.get("direction") or Contact.Direction.IN,
        queue=values.get("queue") or "",
        agent_id=person,
        agent_reference=unnamed(reference, 80),
        unit_id=agents.unit(person, started),
        started_at=started or now(),
        opened_at=now(),
        moved_at=now(),
    )


def _say(message: _Message, contact: OpenContact, event: Said) -> Problem | None:
    if event.seq <= contact.turn_count:
        message.taken.count(is_new=False)
        return None if _is_same(contact, event) else _said_otherwise(event)
    if contact.closed_at is not None:
        return Problem("id", _("This conversation is closed."))
    if event.seq > contact.turn_count + 1:
        sentence = _("Turn %(number)d is missing before this one.")
        return Problem("seq", sentence, {"number": contact.turn_count + 1})
    said = event.turn
    turn = OpenTurn(contact=contact, seq=event.seq, role=said.role, text=mask(said.text))
    turn.start_ms, turn.end_ms, turn.received_at = said.start_ms, said.end_ms, now()
    turn.confidence, turn.emotion, turn.energy = said.heard
    turn.sealed = "" if turn.text == said.text else seal(said.text, turn.place)
    turn.save()
    contact.turn_count, contact.moved_at = event.seq, turn.received_at
    message.taken.count(is_new=True)
    return None


def _is_same(contact: OpenContact, event: Said) -> bool:
    """Whether the turn was told before with these very words; a closed one is taken at its word."""
    if contact.closed_at is not None:
        return True
    turn = contact.turns.get(seq=event.seq)
    return (turn.role, turn.spoken()) == (event.turn.role, event.turn.text)


def _said_otherwise(event: Said) -> Problem:
    return Problem("seq", _("Turn %(number)d was told otherwise before."), {"number": event.seq})


def _close(message: _Message, contact: OpenContact, event: Closed) -> Problem | None:
    message.taken.count(is_new=contact.closed_at is None)
    if contact.closed_at is not None:
        return None
    record = _record(contact, event)
    try:
        delivery = read_delivery(record, channel_words(), spoken_channels())
    except intake.Refused as refused:
        return refused.problems[0]
    receive_contact(message.source, delivery, by=None)
    contact.closed_at = now()
    contact.contact = Contact.objects.filter(
        source=message.source, external_id=contact.external_id
    ).first()
    contact.sealed_facts = ""  # the contact has it now; the digest still knows it again
    contact.save(update_fields=["closed_at", "contact", "sealed_facts"])
    contact.turns.all().delete()
    return None


def _record(contact: OpenContact, event: Closed) -> dict[str, Any]:
    """The whole conversation as one delivery; what was known when it opened stays."""
    opened = json.loads(unseal(contact.sealed_facts, contact.place))
    turns = [_delivered(turn) for turn in contact.turns.all()]
    meta = {**(event.record.get("meta") or {}), **(opened.get("meta") or {})}
    facts = {**event.record, **opened, "meta": meta, "external_id": contact.external_id}
    facts.setdefault("started_at", contact.opened_at.isoformat())
    return {**facts, "turns": turns}


def _delivered(turn: OpenTurn) -> dict[str, Any]:
    """A turn as it was told."""
    names = ("role", "start_ms", "end_ms", "confidence", "emotion", "energy")
    return {"text": turn.spoken(), **{name: getattr(turn, name) for name in names}}
