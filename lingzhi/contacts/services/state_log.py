"""The log of agents' states, retold from what the phone system told and what was set by hand."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.agents import agents_named, names_of
from lingzhi.contacts.models import AgentState, CallEvent, Source
from lingzhi.contacts.phone.presence import Span, at_work, spans
from lingzhi.contacts.phone.told import Told, key_of
from lingzhi.contacts.services.doubts import doubt_agent
from lingzhi.core.clock import now
from lingzhi.org.services import keep_duty

HAND, CTI = AgentState.Source.HAND, AgentState.Source.CTI
DESK = "desk"  # the source of what is set by hand
# So far back a state is told anew when something new is told: a shift, and the night before it.
BACK = timedelta(hours=36)
DUTY_SOURCE = "states"  # of what is known of duty from this log
KINDS = ("state", "member", "answer", "hangup", "transfer", "leg_end")


@transaction.atomic
def retell_states(source: Source, news: QuerySet[CallEvent]) -> None:
    """Tell the states of the agents of these new events anew, from all that was told of them.

    An agent whom nobody knows has none.
    """
    told = news.filter(kind__in=KINDS).exclude(agent="").order_by()
    firsts = dict(told.values_list("agent").annotate(first=Min("at")))
    known = agents_named(firsts)
    for agent, first in sorted(firsts.items()):
        person = known.person(agent, first, is_voice=True)
        if person is not None:
            _retell(source, person, first)


def _retell(source: Source, person: int, first: datetime) -> None:
    """From a day and a half before `first` on, by every name this person has; what lies before
    stays as it is. Only from `first` on is it new that something does not add up.
    """
    number = User.objects.select_for_update().get(pk=person).staff_no  # one teller at a time
    cut = first - BACK
    rows = CallEvent.objects.filter(agent__in=names_of(person), kind__in=KINDS, at__gte=cut)
    calls = rows.filter(kind="answer").values("call")
    ends = CallEvent.objects.filter(kind="hangup", call__in=calls, at__gte=cut)
    told = [
        Told(one.call, one.kind, one.at, one.key, one.agent, one.queue, facts=one.facts)
        for one in (rows | ends).distinct()
    ]
    found, doubts = spans(told)
    if found:
        _write(person, found)
        lasting = AgentState.objects.filter(person_id=person, since__gte=found[0].since)
        keep_duty(
            person, at_work(lasting.order_by("since")), since=found[0].since, source=DUTY_SOURCE
        )
    doubt_agent(source, number, [one for one in doubts if one.at >= first])


def _write(person: int, found: list[Span]) -> None:
    """Write what differs from what is kept, from the first difference on."""
    first = found[0].since
    mine = AgentState.objects.filter(person_id=person)
    seen_at = mine.aggregate(last=Max("seen_at"))["last"]
    before = mine.filter(since__lt=first).filter(Q(until=None) | Q(until__gt=first))
    before.update(until=first)
    kept = list(mine.filter(since__gte=first).order_by("since"))
    same = 0
    for row, one in zip(kept, found, strict=False):
        if (row.state, row.reason, row.since, row.until, row.forced_by_id) != (
            one.state, one.reason[:60], one.since, one.until, one.forced_by,
        ):  # fmt: skip
            break
        same += 1
    mine.filter(pk__in=[row.pk for row in kept[same:]]).delete()
    AgentState.objects.bulk_create(
        AgentState(
            person_id=person, state=one.state, reason=one.reason[:60], since=one.since,
            until=one.until, seen_at=seen_at, source=HAND if one.is_by_hand else CTI,
            forced_by_id=one.forced_by,
        )
        for one in found[same:]
    )  # fmt: skip


@transaction.atomic
def note_state(
    person: User, state: str, *, reason: str = "", forced_by: User | None = None
) -> None:
    """A state set by hand: it stands among what the phone system tells, in the order of time."""
    at = now()
    facts: dict[str, Any] = {"state": state, "reason": reason, "is_by_hand": True}
    if forced_by is not None:
        facts["forced_by"] = forced_by.pk
    source = Source.objects.get_or_create(code=DESK, defaults={"name": "Lingzhi"})[0]
    CallEvent.objects.create(
        source=source, key=key_of(person.pk, state, reason, at), kind="state", at=at,
        agent=person.staff_no, facts=facts, received_at=at,
    )  # fmt: skip
    _retell(source, person.pk, at)
