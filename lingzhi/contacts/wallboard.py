"""The figures of the wallboard: today so far, and this moment."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from lingzhi.accounts.models import User
from lingzhi.contacts.models import AgentState, Call
from lingzhi.contacts.phone_figures import Line, day_table, lines
from lingzhi.contacts.queries.floor import agents_now
from lingzhi.core.clock import now, today
from lingzhi.org.queries import reach

LIMIT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Board:
    """Calls that wait or are talked in now, the day so far, and agents by state."""

    waiting: int
    longest_seconds: int | None
    talking: int
    today: Line
    agents: list[tuple[str, int]]
    limit: int
    at: datetime


def board(user: User) -> Board:
    """As the person reaches it. What waits in a queue of no team counts on every wallboard."""
    where = reach(user, "contacts.floor").over("unit__path", "agent_id")
    waiting = Call.objects.filter(
        where | Q(unit=None), state=Call.State.WAITING, direction="in", queued_at__isnull=False
    )
    first = waiting.order_by("queued_at").values_list("queued_at", flat=True).first()
    asked = {"by": "half_hour", "start": "queue", "limit": LIMIT_SECONDS}
    _each, total = lines(day_table(user, today()), asked)
    return Board(
        waiting=waiting.count(),
        longest_seconds=round((now() - first).total_seconds()) if first else None,
        talking=Call.objects.filter(where, state=Call.State.TALKING).count(),
        today=total,
        agents=_by_state(user),
        limit=LIMIT_SECONDS,
        at=now(),
    )


def _by_state(user: User) -> list[tuple[str, int]]:
    states = [one.row.state for one in agents_now(user) if one.row is not None]
    return [
        (str(label), states.count(code))
        for code, label in AgentState.State.choices
        if code != AgentState.State.SIGNED_OUT
    ]
