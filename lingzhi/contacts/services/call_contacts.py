"""The contact of a call: made when it is over, brought up to date when more is told."""

from collections.abc import Mapping, Sequence
from typing import Any

from lingzhi.contacts.agents import Agents
from lingzhi.contacts.counting import days_of
from lingzhi.contacts.days import touch_days
from lingzhi.contacts.models import Call, Channel, Contact, Source
from lingzhi.contacts.phone.account import Account
from lingzhi.contacts.readers import unnamed
from lingzhi.contacts.services.withholding import note_notices
from lingzhi.core.clock import now
from lingzhi.customers.services import customers_for
from lingzhi.kpis.services import mark_days

Facts = dict[str, Any]


def write_contacts(
    source: Source, accounts: Sequence[Account], rows: Mapping[str, Call], agents: Agents
) -> list[Contact]:
    """The contacts of calls that are over: those that are new. A number that another delivery of
    this source brought keeps what it said; only what is unknown there is filled.
    """
    new = [one for one in accounts if rows[one.call].contact_id is None]
    known = Contact.objects.filter(source=source, external_id__in=[one.call for one in new])
    there = {contact.external_id: contact for contact in known}
    people = customers_for({"phone": one.number} if one.number else {} for one in new)
    made = []
    for one, customer in zip(new, people, strict=True):
        facts = _facts(rows[one.call], one, agents) | {
            "customer_id": customer.pk if customer else None
        }
        contact = there.get(one.call)
        if contact is not None:
            fill(contact, facts)
            rows[one.call].contact = contact
        else:
            made.append(_new(source, one, facts))
    note_notices(made)
    Contact.objects.bulk_create(made)
    for contact in made:
        rows[contact.external_id].contact = contact
    Call.objects.bulk_update([rows[one.call] for one in new], ["contact"])
    changed = [one for one in accounts if one not in new and _update(rows[one.call], one, agents)]
    _touch([rows[one.call].contact_id for one in (*new, *changed)])
    return made


def _new(source: Source, one: Account, facts: Facts) -> Contact:
    channel = Channel.objects.get(code="phone")
    return Contact(source=source, external_id=one.call, channel=channel, received_at=now(), **facts)


def _facts(row: Call, one: Account, agents: Agents) -> Facts:
    person = agents.person(one.agent, one.started_at, is_voice=True) if one.agent else None
    return {
        "direction": one.direction,
        "queue": one.queue[:60],
        "agent_id": person,
        "agent_reference": unnamed(one.agent, 80),
        "unit_id": row.unit_id,
        "started_at": one.started_at,
        "queued_at": one.queued_at,
        "ringing_at": one.ringing_at,
        "answered_at": one.answered_at,
        "ended_at": one.ended_at,
        "wrapped_up_at": one.wrapped_up_at,
        "hold_seconds": None if one.held is None else round(one.held.total_seconds()),
        "ring_count": one.rings,
        "transfers": one.transfers if one.answered_at else None,
        "ended_by": one.ended_by,
        "recording_notice": one.notice,
        "recording_consent": one.consent,
    }


def fill(contact: Contact, facts: Facts) -> bool:
    """Write what is not known of the contact yet; whether anything was."""
    news = {
        name: value
        for name, value in facts.items()
        if value not in (None, "") and getattr(contact, name) in (None, "")
    }
    return _written(contact, news)


def _written(contact: Contact, news: Facts) -> bool:
    """Write what is new, with the notice that was told where that is; whether anything was."""
    for name, value in news.items():
        setattr(contact, name, value)
    if news:
        note_notices([contact])
        names = [name.removesuffix("_id") for name in news]
        contact.save(update_fields=[*names, "notice"])
    return bool(news)


def _update(row: Call, one: Account, agents: Agents) -> bool:
    """Bring a contact that the phone system alone told of up to date; whether it changed."""
    contact = row.contact
    if contact is None:
        return False
    facts = _facts(row, one, agents)
    if contact.content_sha256:  # somebody else's delivery: nothing that it said is overwritten
        return fill(contact, facts)
    if contact.agent_id and contact.agent_reference == facts["agent_reference"]:
        del facts["agent_id"], facts["unit_id"]  # matched by hand meanwhile
    news = {name: value for name, value in facts.items() if getattr(contact, name) != value}
    return _written(contact, news)


def _touch(keys: Sequence[int | None]) -> None:
    rows = Contact.objects.filter(pk__in=[key for key in keys if key])
    mark_days(days_of(rows))
    touch_days(list(rows.order_by().values_list("started_at", flat=True)))
