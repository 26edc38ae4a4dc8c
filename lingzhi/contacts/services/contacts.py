"""Bringing conversations in, and the few acts that touch them afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.audit.services import record
from lingzhi.contacts.agents import agents_named, day_of
from lingzhi.contacts.counting import days_of
from lingzhi.contacts.days import moments_of, touch_days
from lingzhi.contacts.delivery import Delivery
from lingzhi.contacts.models import Channel, Contact, Recording, Source, Turn, place_of_turn
from lingzhi.contacts.queries import unmatched
from lingzhi.contacts.readers import unnamed
from lingzhi.contacts.search import index_contacts
from lingzhi.contacts.services.call_contacts import fill
from lingzhi.contacts.services.queues import units_of_queues
from lingzhi.contacts.services.withholding import Withheld, note_notices
from lingzhi.contacts.sound import NotSound, is_sound
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.core.errors import BadInput
from lingzhi.core.intake import Published
from lingzhi.customers.models import Identifier
from lingzhi.customers.services import customers_for
from lingzhi.files.services import store_file
from lingzhi.imports.models import Batch
from lingzhi.jobs.services import later
from lingzhi.kpis.services import mark_days
from lingzhi.org.models import Identity
from lingzhi.org.services import IdentityTaken, add_identity
from lingzhi_engine.privacy import mask

CUSTOMER_FIELDS = {
    "customer_name": "name",
    "customer_phone": "phone",
    "customer_account": "account",
    "customer_email": "email",
}
COPIED = (
    "external_id", "direction", "queue", "started_at", "queued_at", "ringing_at", "answered_at",
    "ended_at", "wrapped_up_at", "hold_seconds", "ring_count", "transfers", "ended_by", "outcome",
    "recording_notice", "recording_consent",
)  # fmt: skip

# What a transcript may add to a call that a phone system told about.
FILLED = (*COPIED[1:], "agent_id", "agent_reference", "unit_id", "customer_id")
LONGEST_IDENTITY = 64
ONE_LISTENING = timedelta(minutes=10)

# contact, number, role, start, end, masked words, sealed words, certainty, emotion, level
TurnRow = tuple[int, int, str, int | None, int | None, str, str, float | None, str, float | None]


def source_named(code: str, name: str = "") -> Source:
    """The source of this code, made on first use."""
    return Source.objects.get_or_create(code=code, defaults={"name": name or code})[0]


@transaction.atomic
def publish_group(
    source: Source, deliveries: Sequence[Delivery], *, batch: Batch | None = None
) -> Published:
    """Write a short group of deliveries. The caller's import records the audit row.

    A number this source delivered before is left as it is: `known` when the content is the same,
    a conflict when it differs. The same content that waits in an unfinished import, and so is
    invisible, counts as new and goes over to `batch`.
    """
    outcome = Published()
    fresh, adopted = _new_ones(source, deliveries, batch, outcome)
    fresh, worded = _worded(source, fresh, batch)
    Contact.objects.filter(pk__in=adopted).update(batch=batch)
    contacts = _contacts(source, fresh, batch)
    note_notices(contacts)
    Contact.objects.bulk_create(contacts)
    _refer(contacts, fresh)
    filled = [*zip(contacts, fresh, strict=True), *worded]
    turns = [turn for contact, delivery in filled for turn in _turns(contact, delivery)]
    _write_turns(turns)
    _index(turns)
    contacts = [contact for contact, _delivery in filled]
    outcome.new = [*adopted, *(contact.pk for contact in contacts)]
    touch_days([*moments_of(Contact.objects.filter(pk__in=adopted)), *_moments(contacts)])
    return outcome


def _worded(
    source: Source, deliveries: list[Delivery], batch: Batch | None
) -> tuple[list[Delivery], list[tuple[Contact, Delivery]]]:
    """Deliveries that are new, and the words of calls of which the phone system told before."""
    numbers = [delivery.external_id for delivery in deliveries]
    rows = Contact.objects.filter(source=source, external_id__in=numbers, content_sha256="")
    told = {contact.external_id: contact for contact in rows}
    if not told:
        return deliveries, []
    worded = [one for one in deliveries if one.external_id in told]
    brought = _contacts(source, worded, batch)
    for delivery, facts in zip(worded, brought, strict=True):
        contact = told[delivery.external_id]
        contact.turn_count, contact.content_sha256 = len(delivery.turns), delivery.sha256
        contact.save(update_fields=["turn_count", "content_sha256"])
        fill(contact, {name: getattr(facts, name) for name in FILLED})
    _refer([told[one.external_id] for one in worded], worded)
    fresh = [one for one in deliveries if one.external_id not in told]
    return fresh, [(told[one.external_id], one) for one in worded]


def _moments(contacts: Sequence[Contact]) -> list[datetime | None]:
    return [contact.started_at for contact in contacts]


def _new_ones(
    source: Source, deliveries: Sequence[Delivery], batch: Batch | None, outcome: Published
) -> tuple[list[Delivery], list[int]]:
    """Deliveries to write, and ids of contacts to take over from imports that never finished."""
    numbers = [delivery.external_id for delivery in deliveries]
    rows = Contact.objects.filter(source=source, external_id__in=numbers)
    waiting = rows.filter(batch__isnull=False, batch__finished_at=None).exclude(batch=batch)
    orphans = dict(waiting.values_list("external_id", "pk"))
    known = dict(rows.exclude(content_sha256="").values_list("external_id", "content_sha256"))
    fresh: list[Delivery] = []
    adopted: list[int] = []
    for delivery in deliveries:
        number = delivery.external_id
        if number not in known:
            known[number] = delivery.sha256
            fresh.append(delivery)
        elif known[number] != delivery.sha256:
            outcome.conflicts.append(number)
        elif number in orphans:
            adopted.append(orphans.pop(number))
        else:
            outcome.known.append(number)
    return fresh, adopted


def _contacts(source: Source, deliveries: list[Delivery], batch: Batch | None) -> list[Contact]:
    agents = agents_named(str(one.values["agent"] or "") for one in deliveries)
    customers = customers_for(_identifiers(one.values) for one in deliveries)
    channels = {channel.code: channel for channel in Channel.objects.all()}
    lost = {str(one.values["queue"] or "") for one in deliveries if _is_nobodys(one)}
    teams = units_of_queues(source, lost)
    made = []
    for delivery, customer in zip(deliveries, customers, strict=True):
        values = delivery.values
        reference = str(values["agent"] or "")
        channel = channels[values["channel"]]
        person = agents.person(reference, values["started_at"], is_voice=channel.is_voice)
        facts = {name: values[name] for name in COPIED if values[name] is not None}
        contact = Contact(
            source_id=source.pk,
            channel_id=channel.pk,
            agent_id=person,
            agent_reference=unnamed(reference, 80),
            unit_id=agents.unit(person, values["started_at"])
            if not _is_nobodys(delivery)
            else teams.get(str(values["queue"] or "")[:60]),
            customer_id=customer.pk if customer else None,
            meta=values["meta"] or {},
            turn_count=len(delivery.turns),
            content_sha256=delivery.sha256,
            received_at=now(),
            batch_id=batch.pk if batch else None,
            **{"direction": Contact.Direction.IN, **facts},
        )
        made.append(contact)
    return made


def _is_nobodys(delivery: Delivery) -> bool:
    """Whether nobody took it: then it is the queue's."""
    return not delivery.turns and not delivery.values["agent"]


def _refer(contacts: list[Contact], deliveries: list[Delivery]) -> None:
    """Recordings that stay where they lie: what the source calls them is kept."""
    Recording.objects.bulk_create(
        Recording(contact=contact, reference=delivery.values["recording"], added_at=now())
        for contact, delivery in zip(contacts, deliveries, strict=True)
        if delivery.values["recording"]
    )


def _identifiers(values: dict[str, Any]) -> dict[str, str]:
    return {kind: values[name] for name, kind in CUSTOMER_FIELDS.items() if values[name]}


def _turns(contact: Contact, delivery: Delivery) -> list[TurnRow]:
    made = []
    for seq, said in enumerate(delivery.turns, start=1):
        masked = mask(said.text) if said.masked is None else said.masked
        sealed = "" if masked == said.text else seal(said.text, place_of_turn(contact.pk, seq))
        times = said.start_ms, said.end_ms
        made.append((contact.pk, seq, said.role, *times, masked, sealed, *said.heard))
    return made


def _write_turns(turns: list[TurnRow]) -> None:
    """Plain SQL: turns are nine tenths of all rows, and objects would take half the import."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO contacts_turn (contact_id, seq, role, start_ms, end_ms, text, sealed,"
            " confidence, emotion, energy) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            turns,
        )


def _index(turns: list[TurnRow]) -> None:
    words: dict[int, list[str]] = {}
    for contact_id, _seq, _role, _start, _end, text, *_rest in turns:
        words.setdefault(contact_id, []).append(text)
    index_contacts((key, "\n".join(texts)) for key, texts in words.items())


@transaction.atomic
def receive_contact(source: Source, delivery: Delivery, *, by: User | None) -> Published:
    """Take in one contact as it comes from a phone or chat system, and have it inspected."""
    outcome = publish_group(source, [delivery])
    for contact in Contact.objects.filter(pk__in=outcome.new):
        record(by, "contacts.received", contact, after={"source": source.code})
        later("inspections.inspect_contacts", contact_ids=[contact.pk])
    return outcome


@transaction.atomic
def match_agent(source: Source, reference: str, person: User, *, by: User) -> int:
    """Give the waiting contacts of an unknown agent to `person`; the number of contacts.

    From the first of their days on, the reference is an identity of the person, so that the next
    import knows it.
    """
    waiting = unmatched(by).filter(source=source, agent_reference=reference)
    agents = agents_named([person.staff_no])
    rows = list(waiting.select_for_update(of=("self",)))
    for contact in rows:
        contact.agent = person
        contact.unit_id = agents.unit(person.pk, contact.started_at)
    Contact.objects.bulk_update(rows, ["agent", "unit"], batch_size=500)
    mark_days(days_of(Contact.objects.filter(pk__in=[contact.pk for contact in rows])))
    touch_days(_moments(rows))
    is_remembered = _remember(reference, person, rows, by)
    record(
        by,
        "contacts.agent_matched",
        person,
        after={
            "source": source.code,
            "reference": reference,
            "contacts": len(rows),
            "remembered": is_remembered,
        },
    )
    return len(rows)


def _remember(reference: str, person: User, matched: list[Contact], by: User) -> bool:
    """Whether the reference is the person's from now on; not where somebody else had it later."""
    days = [day_of(contact.started_at) for contact in matched]
    if not days or len(reference) > LONGEST_IDENTITY:
        return False
    try:
        add_identity(person, kind=Identity.Kind.OTHER, value=reference, from_on=min(days), by=by)
    except IdentityTaken:
        return False
    return True


@transaction.atomic
def reveal_turn(turn: Turn, *, reason: str, by: User) -> str:
    """The words as said (查看明文). The reason and who asked are recorded. Raises Withheld."""
    if turn.contact.is_withheld:
        raise Withheld()
    if not reason.strip():
        raise BadInput(_("Say why you need to see it."), field="reason")
    record(by, "contacts.revealed", turn.contact, after={"turn": turn.seq}, reason=reason.strip())
    return turn.spoken()


@transaction.atomic
def reveal_identifier(contact: Contact, identifier: Identifier, *, reason: str, by: User) -> str:
    """What identifies the customer, in the clear. The reason and who asked are recorded."""
    if not reason.strip():
        raise BadInput(_("Say why you need to see it."), field="reason")
    after = {"identifier": str(identifier.pk), "kind": identifier.kind}
    record(by, "contacts.identifier_revealed", contact, after=after, reason=reason.strip())
    return identifier.reveal()


def add_recording(
    contact: Contact,
    source: BinaryIO,
    *,
    name: str,
    roles: list[str],
    by: User | None,
    reference: str = "",
) -> Recording:
    """Keep a recording of this contact; `roles` names who speaks on each sound channel.

    Raises NotSound for a file that begins like no sound.
    """
    if not is_sound(source):
        raise NotSound()
    stored = store_file(source, name=name, purpose="recording", by=by)
    with transaction.atomic():
        recording = Recording.objects.create(
            contact=contact,
            file=stored,
            reference=reference,
            sha256=stored.sha256,
            roles_by_channel=roles,
            added_at=now(),
        )
        record(by, "contacts.recording_added", contact, after={"sha256": stored.sha256})
    return recording


@transaction.atomic
def refer_to_recording(
    contact: Contact, reference: str, *, roles: list[str], by: User
) -> Recording:
    """Say where a recording of this contact lies, in the words of the system that keeps it."""
    recording = Recording.objects.create(
        contact=contact, reference=reference, roles_by_channel=roles, added_at=now()
    )
    record(by, "contacts.recording_added", contact, after={"reference": reference})
    return recording


@transaction.atomic
def record_listening(recording: Recording, *, by: User) -> None:
    """Listening to a recording (调听) leaves a trace, whatever part of it is asked for.

    A player asks again for each part: one row stands for all that follows within ten minutes.
    Raises Withheld.
    """
    if recording.contact.is_withheld:
        raise Withheld()
    after = {"recording": recording.pk}
    recent = Entry.objects.filter(
        action="contacts.listened", actor_id=by.pk, after=after, at__gt=now() - ONE_LISTENING
    )
    if not recent.exists():
        record(by, "contacts.listened", recording.contact, after=after)


@transaction.atomic
def record_download(recording: Recording, *, reason: str, by: User) -> None:
    """Taking a recording away needs a reason and leaves a trace. Raises Withheld."""
    if recording.contact.is_withheld:
        raise Withheld()
    if not reason.strip():
        raise BadInput(_("Say why you need it."), field="reason")
    record(
        by,
        "contacts.downloaded",
        recording.contact,
        after={"recording": recording.pk},
        reason=reason.strip(),
    )


@transaction.atomic
def record_export(count: int, *, by: User) -> None:
    """Who took how many contacts out of the program."""
    record(by, "contacts.exported", by, after={"contacts": count})


@transaction.atomic
def record_print(contact: Contact, *, by: User) -> None:
    """A conversation that leaves the program as a document leaves a trace."""
    record(by, "contacts.printed", contact)
