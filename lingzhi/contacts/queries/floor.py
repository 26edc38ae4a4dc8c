"""Reading the floor: who is in which state, who asks for what, who leads whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.models import (
    AgentState,
    BreakReason,
    BreakRequest,
    RaisedHand,
    Surge,
    SurgeReceipt,
)
from lingzhi.core.clock import midnight, now, today
from lingzhi.org.models import Unit
from lingzhi.org.queries import (
    assignments_on,
    people_in,
    people_visible_to,
    reach,
    team_of,
    teams_on,
)

LEADERS = ("team_leader", "floor_supervisor")


def leaders_of(person: User) -> list[User]:
    """Who leads the person's team or watches over its floor today."""
    team = team_of(person, today())
    return [one for one in leaders_over(team) if one != person] if team else []


def leaders_over(team: Unit) -> list[User]:
    """Who leads this unit or one above it, or watches over its floor, today."""
    rows = assignments_on(today()).filter(role__in=LEADERS).select_related("person", "unit")
    found = [row.person for row in rows if team.path.startswith(row.unit.path)]
    return [one for one in dict.fromkeys(found) if one.is_active]


def breaks_at(unit: Unit | None) -> list[BreakReason]:
    """What people of this unit take breaks for, by its own rules or the nearest above it."""
    reasons = BreakReason.objects.filter(retired_at=None).select_related("unit")
    return list(_nearest(reasons, unit.path).values()) if unit else []


def _nearest(reasons: Iterable[BreakReason], path: str) -> dict[str, BreakReason]:
    above = [one for one in reasons if path.startswith(one.unit.path)]
    return {one.name: one for one in sorted(above, key=lambda one: (one.unit.depth, one.name))}


def break_limits(rows: Iterable[AgentState]) -> dict[int, int]:
    """The longest break in minutes, for those of these states that are breaks with a limit."""
    reasons = list(BreakReason.objects.filter(retired_at=None).select_related("unit"))
    breaks = [row for row in rows if row.state == AgentState.State.ON_BREAK]
    teams = teams_on(today(), [row.person_id for row in breaks])
    found = {}
    for row in breaks:
        team = teams.get(row.person_id)
        rule = _nearest(reasons, team.path).get(row.reason) if team else None
        if rule and rule.minutes_each:
            found[row.pk] = rule.minutes_each
    return found


def break_reasons_seen_by(user: User) -> list[tuple[BreakReason, bool]]:
    """Those of one's units, and those above that hold there; whether one may change each."""
    mine = reach(user, "contacts.floor")
    rows = BreakReason.objects.filter(retired_at=None).select_related("unit")
    seen = [(one, mine.covers(one.unit, None)) for one in rows]
    return [
        (one, is_mine) for one, is_mine in seen
        if is_mine or any(path.startswith(one.unit.path) for path in mine.paths)
    ]  # fmt: skip


def on_break_now(reason: BreakReason, team: Unit | None) -> QuerySet[AgentState]:
    """Who of the team is on a break for this reason."""
    rows = AgentState.objects.filter(
        until=None, state=AgentState.State.ON_BREAK, reason=reason.name
    )
    return rows.filter(person__in=people_in(team)) if team is not None else rows.none()


def minutes_today(person: User, reason: BreakReason) -> float:
    """How long the person was on breaks for this reason today; one that lasts counts until now."""
    rows = AgentState.objects.filter(
        person=person, state=AgentState.State.ON_BREAK, reason=reason.name
    )
    begin = midnight(today())
    spent = rows.exclude(until__lt=begin).values_list("since", "until")
    seconds = sum(((until or now()) - max(since, begin)).total_seconds() for since, until in spent)
    return seconds / 60


@dataclass(frozen=True, slots=True)
class Break:
    """A kind of break as it stands before an agent."""

    reason: BreakReason
    spent: int  # minutes today


@dataclass(frozen=True, slots=True)
class MyState:
    """One's own state, and what one may change it to."""

    row: AgentState | None
    breaks: list[Break]
    asked: BreakRequest | None
    limit_minutes: int | None

    @property
    def is_ready(self) -> bool:
        return self.row is not None and self.row.state == AgentState.State.READY

    @property
    def is_out(self) -> bool:
        return self.row is None or self.row.state == AgentState.State.SIGNED_OUT

    @property
    def busy(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in AgentState.Busy.choices]

    @property
    def tone(self) -> str:
        return TONES[self.row.state] if self.row else "unknown"


def my_state(user: User) -> MyState:
    """The state that lasts, and the breaks of one's team."""
    reasons = breaks_at(team_of(user, today()))
    rows = AgentState.objects.filter(person=user, until=None).select_related("forced_by")
    row = rows.first()
    return MyState(
        row,
        [Break(one, round(minutes_today(user, one))) for one in reasons],
        BreakRequest.objects.filter(person=user, decided_at=None).select_related("reason").first(),
        break_limits([row]).get(row.pk) if row else None,
    )


@dataclass(frozen=True, slots=True)
class AgentNow:
    """One agent with the state that goes on, if any is known."""

    person: User
    row: AgentState | None
    limit_minutes: int | None = None

    @property
    def seconds(self) -> int | None:
        return None if self.row is None else round((now() - self.row.since).total_seconds())

    @property
    def is_over(self) -> bool:
        """On a break for longer than it may last."""
        limit = self.limit_minutes
        return bool(limit and self.seconds is not None and self.seconds > limit * 60)

    @property
    def tone(self) -> str:
        """How the state is shown."""
        if self.row is None:
            return "unknown"
        return "bad" if self.is_over else TONES[self.row.state]


TONES = {"ready": "good", "busy": "flow", "after_work": "warn", "on_break": "warn",
         "signed_out": "plain"}  # fmt: skip
ORDER = {"on_break": 0, "after_work": 1, "busy": 2, "ready": 3, "signed_out": 5}


def agents_now(user: User, capability: str = "contacts.floor") -> list[AgentNow]:
    """The agents within reach, breaks that last too long first."""
    agents = assignments_on(today()).filter(role="agent").values("person")
    people = people_visible_to(user, capability).filter(pk__in=agents, is_active=True)
    rows = AgentState.objects.filter(person__in=people, until=None).select_related("forced_by")
    return _shown(people, rows)


def _shown(people: Iterable[User], rows: Iterable[AgentState]) -> list[AgentNow]:
    newest = {row.person_id: row for row in rows}
    longest = break_limits(newest.values())
    found = []
    for person in people:
        state = newest.get(person.pk)
        found.append(AgentNow(person, state, longest.get(state.pk) if state else None))
    return sorted(found, key=lambda one: (not one.is_over, _place(one), one.person.staff_no))


def _place(one: AgentNow) -> int:
    return ORDER[one.row.state] if one.row else 4


def open_requests(user: User) -> QuerySet[BreakRequest]:
    """Breaks that wait for a leader's word, of people within reach."""
    where = reach(user, "contacts.floor")
    rows = BreakRequest.objects.filter(where.over("unit__path", "person_id"), decided_at=None)
    return rows.select_related("person", "reason")


def hands(user: User) -> QuerySet[RaisedHand]:
    """Raised hands within reach."""
    where = reach(user, "contacts.floor")
    rows = RaisedHand.objects.filter(where.over("unit__path", "person_id"))
    return rows.select_related("person", "answered_by", "call", "call__contact")


def surges_of(user: User) -> QuerySet[Surge]:
    """What was announced to this person, or within reach of who leads the floor."""
    mine = SurgeReceipt.objects.filter(person=user).values("surge")
    rows = Surge.objects.filter(pk__in=mine)
    if user.can("contacts.floor"):
        where = reach(user, "contacts.floor")
        rows = rows | Surge.objects.filter(where.over("unit__path", "told_by_id"))
    return rows.distinct().select_related("unit", "told_by")
