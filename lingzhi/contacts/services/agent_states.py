"""States of agents as the phone system tells them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from lingzhi.contacts.agents import agents_named
from lingzhi.contacts.models import AgentState, CallEvent, Source
from lingzhi.contacts.phone.presence import Span, spans
from lingzhi.contacts.phone.told import Told
from lingzhi.contacts.services.doubts import doubt_agent

CTI = AgentState.Source.CTI
# So far back a state is told anew when something new is told: a shift, and the night before it.
BACK = timedelta(hours=36)
KINDS = ("state", "member", "answer", "hangup", "transfer", "leg_end")


@transaction.atomic
def retell_states(source: Source, agents: Iterable[str]) -> None:
    """Tell the states of these agents anew from what the source told of them.

    An agent whom nobody knows has none.
    """
    wanted = sorted(set(agents))
    known = agents_named(wanted)
    for agent in wanted:
        rows = CallEvent.objects.filter(source=source, agent=agent, kind__in=KINDS)
        newest = rows.order_by("-at").first()
        person = known.person(agent, newest.at, is_voice=True) if newest else None
        if newest is not None and person is not None:
            _retell(source, agent, person, rows.order_by("-received_at")[:500])


def _retell(source: Source, agent: str, person: int, newest: Iterable[CallEvent]) -> None:
    """From 36 hours before the earliest of what came last; what lies before stays as it is."""
    latest = list(newest)
    received = latest[0].received_at
    cut = min(one.at for one in latest if one.received_at == received) - BACK
    rows = CallEvent.objects.filter(Q(agent=agent, kind__in=KINDS), source=source, at__gte=cut)
    calls = rows.filter(kind="answer").values("call")
    ends = CallEvent.objects.filter(source=source, kind="hangup", call__in=calls, at__gte=cut)
    told = [
        Told(one.call, one.kind, one.at, one.key, agent, one.queue, facts=one.facts)
        for one in (rows | ends).distinct()
    ]
    found, doubts = spans(told)
    _write(person, found)
    doubt_agent(source, agent, doubts)


def _write(person: int, found: list[Span]) -> None:
    if not found:
        return
    first = found[0].since
    mine = AgentState.objects.filter(person_id=person, source=CTI)
    mine.filter(since__gte=first).delete()
    mine.filter(since__lt=first).filter(Q(until=None) | Q(until__gt=first)).update(until=first)
    AgentState.objects.bulk_create(
        AgentState(
            person_id=person, state=one.state, reason=one.reason[:60], since=one.since,
            until=one.until, seen_at=one.since, source=CTI,
        )
        for one in found
    )  # fmt: skip
