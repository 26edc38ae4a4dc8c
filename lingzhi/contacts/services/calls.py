"""Calls as told: every event once, and from all that is known of a call its legs and contact."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from lingzhi.audit.services import record
from lingzhi.contacts.agents import Agents, agents_named
from lingzhi.contacts.models import Call, CallEvent, CallLeg, Contact, Source, place_of_number
from lingzhi.contacts.phone.account import Account, Leg
from lingzhi.contacts.phone.joining import join
from lingzhi.contacts.phone.told import OF_AGENTS, Told
from lingzhi.contacts.readers import unnamed
from lingzhi.contacts.services.call_contacts import write_contacts
from lingzhi.contacts.services.command_sending import hear
from lingzhi.contacts.services.doubts import found_doubts, write_doubts
from lingzhi.contacts.services.queues import units_of_queues
from lingzhi.contacts.services.state_log import retell_states
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.imports.models import Batch

# Nothing was told of a call for so long: nobody will tell its end any more.
STILL = timedelta(hours=4)
GROUP = 100


@dataclass
class News:
    """What of a message was new: events, and the calls they speak of."""

    new: list[int] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    calls: set[str] = field(default_factory=set)


@transaction.atomic
def write_told(source: Source, told: Sequence[Told], *, batch: Batch | None = None) -> News:
    """Keep what was not told before. The caller joins, and records the audit row."""
    _alone(source)
    news = News()
    keys = [one.key for one in told]
    known = set(CallEvent.objects.filter(source=source, key__in=keys).values_list("key", flat=True))
    rows = []
    for one in told:
        if one.key in known:
            news.known.append(one.key)
            continue
        known.add(one.key)
        rows.append(_event(source, one, batch))
        news.calls |= {rows[-1].call} - {""}
    news.new = [row.pk for row in CallEvent.objects.bulk_create(rows)]
    return news


def _alone(source: Source) -> None:
    """Two messages of one source wait for each other: what they tell may be of one call."""
    Source.objects.select_for_update().get(pk=source.pk)


def _event(source: Source, one: Told, batch: Batch | None) -> CallEvent:
    facts = dict(one.facts)
    called = facts.pop("called", "")
    if "to" in facts:  # may be anybody's phone
        facts["to"] = unnamed(str(facts["to"]))
    number = one.number if not called else f"{one.number}>{called}"
    return CallEvent(
        source=source, call=unnamed(one.call), key=one.key, kind=one.kind, at=one.at,
        agent=one.agent[:80], queue=one.queue[:60], facts=facts, received_at=now(), batch=batch,
        sealed_number=seal(number, place_of_number(one.key)) if number else "",
    )  # fmt: skip


def told_by(event: CallEvent) -> Told:
    """The event as it was told, its numbers unsealed."""
    number, _sign, called = event.number.partition(">")
    facts = {**event.facts, "called": called} if called else event.facts
    return Told(
        event.call, event.kind, event.at, event.key, event.agent, event.queue, number, facts
    )


@transaction.atomic
def take_told(source: Source, told: Sequence[Told]) -> News:
    """Keep and join what a phone system tells as it happens."""
    news = write_told(source, told)
    for contact in join_calls(source, news.calls):
        record(None, "contacts.received", contact, after={"source": source.code})
    retell_states(source, CallEvent.objects.filter(pk__in=news.new))
    hear(source, news.new)
    return news


def join_all(source: Source, calls: Iterable[str]) -> int:
    """Join many calls, in short transactions; how many contacts are new."""
    waiting, made = sorted(calls), 0
    for at in range(0, len(waiting), GROUP):
        made += len(join_calls(source, waiting[at : at + GROUP]))
    return made


@transaction.atomic
def join_calls(source: Source, calls: Collection[str]) -> list[Contact]:
    """Join these calls anew from everything told of them; the contacts that are new."""
    _alone(source)
    accounts = _accounts(source, calls)
    agents = agents_named(leg.agent for one in accounts for leg in one.legs)
    agents = _turned(accounts, agents)
    rows = _rows(source, accounts, agents)
    _write_legs(accounts, rows, agents)
    ready = [one for one in accounts if one.is_offered and _is_certain(one)]
    new = write_contacts(source, ready, rows, agents)
    for one in accounts:
        write_doubts(source, rows[one.call], found_doubts(one, agents, is_still=is_still(one)))
    return new


def _accounts(source: Source, calls: Collection[str]) -> list[Account]:
    told: dict[str, list[Told]] = {}
    rows = CallEvent.objects.filter(source=source, call__in=calls).exclude(kind__in=OF_AGENTS)
    for event in rows.order_by("at", "pk"):
        told.setdefault(event.call, []).append(told_by(event))
    return [join(several) for several in told.values()]


def _is_certain(account: Account) -> bool:
    """A call that an agent took is a contact from then on, so that its matter can be registered."""
    return account.is_over or account.answered_at is not None or is_still(account)


def is_still(account: Account) -> bool:
    """Whether nothing more is to be expected."""
    return account.moved_at is None or account.moved_at < now() - STILL


def _turned(accounts: list[Account], agents: Agents) -> Agents:
    """A detail record in which one of our people is the caller tells of an outbound call."""
    alone = [one for one in accounts if one.is_recorded_only and one.number]
    ours = agents_named(one.number for one in alone)
    turned = [one for one in alone if ours.person(one.number, one.started_at, is_voice=True)]
    for one in turned:
        answered = one.answered_at
        one.legs = [Leg(one.number, one.started_at, answered, one.ended_at)]
        one.direction, one.number = "out", one.called
    if not turned:
        return agents
    return agents_named(leg.agent for one in accounts for leg in one.legs)


def _rows(source: Source, accounts: list[Account], agents: Agents) -> dict[str, Call]:
    """The rows of these calls, made or brought up to date."""
    rows = Call.objects.filter(source=source, external_id__in=[one.call for one in accounts])
    known = {row.external_id: row for row in rows.select_related("contact")}
    there, new = list(known.values()), []
    teams = units_of_queues(source, {one.queue for one in accounts})
    for one in accounts:
        if one.call not in known:
            known[one.call] = Call(source=source, external_id=one.call)
            new.append(known[one.call])
        _fill(known[one.call], one, agents)
        if not one.agent and one.answered_at is None:
            known[one.call].unit_id = known[one.call].unit_id or teams.get(one.queue[:60])
    Call.objects.bulk_update(there, FILLED)
    Call.objects.bulk_create(new)
    return known


FILLED = [
    "state", "direction", "queue", "agent", "agent_reference", "unit", "left", "started_at",
    "queued_at", "answered_at", "ended_at", "moved_at",
]  # fmt: skip


def _fill(row: Call, one: Account, agents: Agents) -> None:
    person = agents.person(one.agent, one.started_at, is_voice=True) if one.agent else None
    row.agent_id, row.agent_reference = person, unnamed(one.agent, 80)
    row.unit_id = agents.unit(person, one.started_at)
    row.direction, row.queue = one.direction, one.queue[:60]
    row.left = one.left if one.answered_at is None and one.left in Call.Left.values else ""
    row.started_at, row.queued_at = one.started_at, one.queued_at
    row.answered_at, row.ended_at = one.answered_at, one.ended_at
    row.moved_at = one.moved_at or now()
    if one.is_over or is_still(one):
        row.state = Call.State.OVER
    else:
        row.state = Call.State.TALKING if one.answered_at else Call.State.WAITING


def _write_legs(accounts: list[Account], rows: dict[str, Call], agents: Agents) -> None:
    CallLeg.objects.filter(call__in=[rows[one.call] for one in accounts]).delete()
    CallLeg.objects.bulk_create(
        CallLeg(
            call=rows[one.call], seq=seq, agent_reference=unnamed(leg.agent, 80),
            agent_id=agents.person(leg.agent, one.started_at, is_voice=True) if leg.agent else None,
            rang_at=leg.rang_at, answered_at=leg.answered_at, ended_at=leg.ended_at,
        )
        for one in accounts
        for seq, leg in enumerate(one.legs, start=1)
    )  # fmt: skip


def settle_calls() -> int:
    """Calls of which nothing more was told are over as far as anybody knows; their number."""
    rows = Call.objects.exclude(state=Call.State.OVER).filter(moved_at__lt=now() - STILL)
    by_source: dict[int, set[str]] = {}
    for source, call in rows.values_list("source_id", "external_id"):
        by_source.setdefault(source, set()).add(call)
    for one in Source.objects.filter(pk__in=by_source):
        join_all(one, by_source[one.pk])
    return sum(map(len, by_source.values()))
