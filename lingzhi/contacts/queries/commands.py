"""Reading what leaders may ask of phone systems, and what they asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.agents import names_of
from lingzhi.contacts.models import AgentState, Call, CallEvent, CallLeg, CommandAddress
from lingzhi.contacts.models import PhoneCommand as Command
from lingzhi.core.clock import now
from lingzhi.org.queries import people_visible_to, reach

COMMAND, FLOOR = "contacts.command", "contacts.floor"
STATES = {
    AgentState.State.BUSY: Command.Kind.FORCE_BUSY,
    AgentState.State.READY: Command.Kind.FORCE_READY,
    AgentState.State.SIGNED_OUT: Command.Kind.FORCE_SIGN_OUT,
}
SHIFT = timedelta(hours=36)  # who told nothing of an agent for longer does not know them today


def addresses() -> dict[int, CommandAddress]:
    """By source, where commands go; only of feeds that are open and offer something."""
    rows = CommandAddress.objects.filter(feed__ended_at=None).select_related("feed__source")
    return {row.feed.source_id: row for row in rows if row.offers}


@dataclass(frozen=True, slots=True)
class CallNow:
    """An agent at a call, and what its phone system offers to do about it."""

    leg: CallLeg
    offers: list[tuple[str, str]]

    @property
    def seconds(self) -> int | None:
        begin = self.leg.answered_at
        return None if begin is None else max(0, round((now() - begin).total_seconds()))


def calls_now(user: User, capability: str = COMMAND) -> QuerySet[CallLeg]:
    """Agents within reach who talk now, each with the call; oneself apart."""
    rows = CallLeg.objects.filter(
        answered_at__isnull=False, ended_at=None, call__state=Call.State.TALKING,
        agent__in=people_visible_to(user, capability),
    ).exclude(agent=user)  # fmt: skip
    related = ("call__source", "call__unit", "agent")
    return rows.select_related(*related).order_by("answered_at", "pk")


def with_offers(legs: Iterable[CallLeg]) -> list[CallNow]:
    """Each with what may be asked about it."""
    found = addresses()
    return [CallNow(leg, _of_calls(found.get(leg.call.source_id))) for leg in legs]


def _of_calls(address: CommandAddress | None) -> list[tuple[str, str]]:
    offered = address.offers if address else []
    return [(one.value, str(one.label)) for one in Command.OF_CALLS if one.value in offered]


def address_for_agent(person: User, state: str) -> tuple[CommandAddress, str] | None:
    """Where a state of this agent can be asked for, and what they are called there.

    The phone system that last told something of the agent knows them. None where none does, or it
    does not offer this.
    """
    kind, found = STATES.get(AgentState.State(state)), addresses()
    if kind is None or not found:
        return None
    told = CallEvent.objects.filter(
        source__in=found, agent__in=names_of(person.pk), at__gte=now() - SHIFT
    )
    last = told.order_by("-at", "-pk").first()
    if last is None or kind.value not in found[last.source_id].offers:
        return None
    return found[last.source_id], last.agent


def states_offered(user: User, person: User) -> list[tuple[str, str]]:
    """States of this agent that this leader may ask a phone system for, each with its name."""
    if not user.can(COMMAND):
        return []
    found = {state: address_for_agent(person, state) for state in STATES}
    return [
        (str(AgentState.State(state).label), str(one[0].feed.source))
        for state, one in found.items() if one
    ]  # fmt: skip


def commands_visible_to(user: User) -> QuerySet[Command]:
    """One's own, those to one's people where one leads the floor, and those to oneself.

    To oneself: what was done or may have been done, and listening only once the call is over.
    """
    shown = Q(asked_by=user)
    if user.can(FLOOR):
        shown |= reach(user, FLOOR).over("unit__path", "agent_id") & ~Q(agent=user)
    over = Q(call=None) | Q(call__state=Call.State.OVER)
    happened = Q(agent=user, state__in=(Command.State.DONE, Command.State.UNANSWERED))
    shown |= happened & (~Q(kind=Command.Kind.LISTEN) | over)
    rows = Command.objects.filter(shown)
    return rows.select_related("agent", "asked_by", "unit", "call__contact", "feed__source")
