"""Whether channels are clear now (渠道畅通): who waits, who is there, what came of the last hour.

Calls count on the channel *phone*, chats and messages on those of their site or line. An agent
counts on each channel that their unit serves. What nothing measures is None, never zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from lingzhi.contacts.messaging.platforms import platform_of
from lingzhi.contacts.models import (
    AgentState,
    Call,
    CallQueue,
    Channel,
    Chat,
    ChatSite,
    Congestion,
    FlowLimits,
    MessageLine,
)
from lingzhi.contacts.queries.channels import channels_offered, is_open_now
from lingzhi.contacts.queries.chat_agents import AWAY
from lingzhi.core.clock import now, today
from lingzhi.org.queries import assignments_on

TOLD = timedelta(days=1)  # a phone system that told nothing for so long measures nothing
HOUR = timedelta(hours=1)
Cause = Congestion.Cause
State = AgentState.State


@dataclass(frozen=True, slots=True)
class Waiting:
    """Customers who wait now, and the seconds the first of them has waited."""

    number: int
    longest: int | None


@dataclass(frozen=True, slots=True)
class Connected:
    """Of `n` customers of the last hour whose fate is known, so many got somebody."""

    hits: int
    n: int

    @property
    def ratio(self) -> float | None:
        return self.hits / self.n if self.n else None


@dataclass(slots=True)
class Agents:
    """The agents of the units that serve a channel, by what they do now."""

    ready: int = 0
    busy: int = 0
    on_break: int = 0

    @property
    def there(self) -> int:
        """Ready, with a customer, or wrapping up."""
        return self.ready + self.busy


@dataclass(frozen=True, slots=True)
class Flow:
    """One channel at one moment. `causes` are the limits it breaks; None: nothing decides."""

    channel: Channel
    is_open: bool | None
    planned: int | None
    agents: Agents | None
    waiting: Waiting | None
    last_hour: Connected | None
    limits: FlowLimits | None
    causes: list[str] | None

    @property
    def state(self) -> str:
        """closed, unknown (no limits, or nothing measures them), congested, clear."""
        if self.is_open is False:
            return "closed"
        if self.causes is None:
            return "unknown"
        return "congested" if self.causes else "clear"

    @property
    def is_short(self) -> bool:
        """Fewer agents are there than planned."""
        if self.planned is None or self.agents is None:
            return False
        return self.agents.there < self.planned


def flows(channels: Iterable[Channel] | None = None) -> list[Flow]:
    """Each channel that is offered, or those given, as it is now."""
    at = now()
    if channels is None:
        rows = channels_offered().select_related("calendar", "flow_limits", "owner")
        channels = rows.prefetch_related("calendar__openings", "seats")
    used = MessageLine.objects.filter(retired_at=None)
    lines = {one.pk: platform_of(one).channel for one in used}
    waiting, hours, agents = _waiting(at, lines), _last_hour(at, lines), _agents(at, lines)
    found = []
    for one in channels:
        limits = getattr(one, "flow_limits", None)
        wait, hour = waiting.get(one.code), hours.get(one.code)
        causes = broken(limits, wait, hour) if limits else None
        is_open, planned = is_open_now(one, at), planned_at(one, at)
        found.append(Flow(one, is_open, planned, agents.get(one.code), wait, hour, limits, causes))
    return found


def broken(limits: FlowLimits, waiting: Waiting | None, hour: Connected | None) -> list[str] | None:
    """Which limits are broken; None where nothing that was measured can say."""
    said: dict[str, bool] = {}
    if limits.waiting is not None and waiting is not None:
        said[Cause.WAITING] = waiting.number > limits.waiting
    if limits.longest_seconds is not None and waiting is not None:
        said[Cause.LONGEST] = (waiting.longest or 0) > limits.longest_seconds
    ratio = hour.ratio if hour is not None and hour.n >= limits.least_cases else None
    if limits.connect_percent is not None and ratio is not None:
        said[Cause.CONNECT] = ratio * 100 < limits.connect_percent
    return [str(cause) for cause, is_so in said.items() if is_so] if said else None


def planned_at(channel: Channel, at: datetime) -> int | None:
    """The seats planned for this hour; None where the channel has no plan."""
    local = timezone.localtime(at)
    return planned_on(channel, local.weekday(), local.hour)


def planned_on(channel: Channel, weekday: int, hour: int) -> int | None:
    """The same for a day of the week and an hour of it."""
    rows = list(channel.seats.all())
    return sum(one.seats for one in rows if one.covers(weekday, hour)) if rows else None


def _waiting(at: datetime, lines: dict[int, str]) -> dict[str, Waiting]:
    found: dict[str, Waiting] = {}
    if Call.objects.filter(moved_at__gte=at - TOLD).exists():
        calls = Call.objects.filter(state="waiting", direction="in", queued_at__isnull=False)
        found["phone"] = _wait(at, *calls.aggregate(n=Count("pk"), first=Min("queued_at")).values())
    chats = Chat.objects.filter(state=Chat.State.WAITING).order_by()
    rows = {
        line: (number, first)
        for line, number, first in chats.values_list("thread__line").annotate(
            Count("pk"), Min("queued_at")
        )
    }
    for code, keys in _served(lines).items():
        theirs = [rows[key] for key in keys if key in rows]
        first = min((one[1] for one in theirs), default=None)
        found[code] = _wait(at, sum(one[0] for one in theirs), first)
    return found


def _wait(at: datetime, number: int, first: datetime | None) -> Waiting:
    return Waiting(number, None if first is None else max(0, round((at - first).total_seconds())))


def _served(lines: dict[int, str]) -> dict[str, list[int | None]]:
    """The channels that chats come on, with their lines; None is the chat on web pages."""
    found: dict[str, list[int | None]] = {}
    if ChatSite.objects.filter(retired_at=None).exists():
        found["chat"] = [None]
    for line, code in lines.items():
        found.setdefault(code, []).append(line)
    return found


def _last_hour(at: datetime, lines: dict[int, str]) -> dict[str, Connected]:
    """Of those who joined a queue within the hour: who was answered, of those and the lost."""
    found: dict[str, Connected] = {}
    hits = Count("pk", filter=Q(answered_at__isnull=False))
    lost = Count("pk", filter=Q(answered_at=None, ended_at__isnull=False))
    if Call.objects.filter(moved_at__gte=at - TOLD).exists():
        calls = Call.objects.filter(direction="in", queued_at__gte=at - HOUR)
        sums = calls.aggregate(hits=hits, lost=lost)
        found["phone"] = Connected(sums["hits"], sums["hits"] + sums["lost"])
    chats = Chat.objects.filter(queued_at__gte=at - HOUR).order_by()
    rows = {
        line: (taken, taken + gone)
        for line, taken, gone in chats.values_list("thread__line").annotate(hits=hits, lost=lost)
    }
    for code, keys in _served(lines).items():
        theirs = [rows[key] for key in keys if key in rows]
        found[code] = Connected(sum(one[0] for one in theirs), sum(one[1] for one in theirs))
    return found


def _agents(at: datetime, lines: dict[int, str]) -> dict[str, Agents]:
    """By channel; one whose units nobody named is absent."""
    held = assignments_on(today()).filter(role="agent", person__is_active=True)
    places: dict[int, list[str]] = {}
    for person, path in held.values_list("person_id", "unit__path"):
        places.setdefault(person, []).append(path)
    states = AgentState.objects.filter(until=None, person__in=places)
    rows = list(states.values_list("person_id", "state", "seen_at"))
    found = {}
    for code, units in _units(lines).items():
        counted = found[code] = Agents()
        for person, state, seen in rows:
            if _is_of(places[person], units):
                is_gone = code != "phone" and (seen is None or seen < at - AWAY)
                _count(counted, state, is_gone=is_gone)
    return found


def _units(lines: dict[int, str]) -> dict[str, set[str]]:
    """The units that serve each channel."""
    found: dict[str, set[str]] = {}
    queues = CallQueue.objects.exclude(unit=None).values_list("unit__path", flat=True)
    if paths := set(queues):
        found["phone"] = paths
    sites = dict(ChatSite.objects.filter(retired_at=None).values_list("pk", "unit__path"))
    if sites:
        found["chat"] = set(sites.values())
    used = MessageLine.objects.filter(pk__in=lines).values_list("pk", "site__unit__path")
    for line, path in used:
        found.setdefault(lines[line], set()).add(path)
    return found


def _is_of(places: list[str], units: set[str]) -> bool:
    return any(
        place.startswith(unit) or unit.startswith(place) for place in places for unit in units
    )


def _count(counted: Agents, state: str, *, is_gone: bool) -> None:
    """At a chat desk that was not seen for a while nobody is ready."""
    if state == State.ON_BREAK:
        counted.on_break += 1
    elif state in (State.BUSY, State.AFTER_WORK):
        counted.busy += 1
    elif state == State.READY and not is_gone:
        counted.ready += 1
