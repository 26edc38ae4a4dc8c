"""Attendance of a day (考勤) as the log of states tells it: who was there, from when to when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import AgentState
from lingzhi.contacts.phone.presence import LONGEST
from lingzhi.core.clock import midnight, now
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on, people_in, people_visible_to, teams_on

State = AgentState.State
AT_WORK = (State.READY, State.BUSY, State.AFTER_WORK, State.ON_BREAK)


@dataclass(slots=True)
class Attended:
    """One agent's day: seconds by state, of times that are believed.

    `first_in` is None where nothing was told of the day. `last_out` is None where the person is at
    work still, or nobody told that they signed out. `untold` seconds followed a state that nobody
    changed for hours: they are neither work nor absence. `forced` are states that leaders set.
    """

    person: User
    team: Unit | None
    first_in: datetime | None = None
    last_out: datetime | None = None
    seconds: dict[str, float] = field(default_factory=lambda: {one.value: 0.0 for one in AT_WORK})
    breaks: int = 0
    untold: float = 0.0
    forced: list[AgentState] = field(default_factory=list)

    @property
    def at_work(self) -> float | None:
        return sum(self.seconds.values()) if self.first_in else None

    @property
    def shown(self) -> list[tuple[str, float | None]]:
        """The seconds in each state, with its name."""
        known = self.first_in is not None
        return [(str(one.label), self.seconds[one] if known else None) for one in AT_WORK]


def attendance(user: User, day: date, unit: Unit | None = None) -> list[Attended]:
    """The day of each agent within reach who was one on that day, by staff number."""
    agents = assignments_on(day).filter(role="agent").values("person")
    people = people_visible_to(user, "contacts.floor").filter(pk__in=agents)
    if unit is not None:
        people = people.filter(pk__in=people_in(unit, day))
    found = list(people.order_by("staff_no"))
    teams = teams_on(day, [one.pk for one in found])
    begin, end = midnight(day), min(midnight(day + timedelta(days=1)), now())
    rows = AgentState.objects.filter(person__in=found, since__lt=end).exclude(until__lte=begin)
    told: dict[int, list[AgentState]] = {}
    for row in rows.select_related("forced_by").order_by("since"):
        told.setdefault(row.person_id, []).append(row)
    return [
        _attended(Attended(one, teams.get(one.pk)), told.get(one.pk, ()), begin, end)
        for one in found
    ]


def _attended(
    mine: Attended, rows: Iterable[AgentState], begin: datetime, end: datetime
) -> Attended:
    for row in rows:
        since, until = max(row.since, begin), min(row.until or end, end)
        if row.forced_by_id and row.since >= begin:
            mine.forced.append(row)
        if row.state == State.SIGNED_OUT:
            mine.last_out = since if mine.first_in else None
            continue
        believed = max(since, min(until, row.since + LONGEST))
        mine.untold += (until - believed).total_seconds()
        if believed == since:
            continue
        mine.first_in, mine.last_out = mine.first_in or since, None
        mine.seconds[row.state] += (believed - since).total_seconds()
        mine.breaks += row.state == State.ON_BREAK
    return mine


def header() -> list[str]:
    """The heads of the table."""
    return [
        _("Staff number"), _("Name"), _("Team"), _("Signed in first"), _("Signed out last"),
        _("At work, minutes"), *(f"{one.label}, {_('minutes')}" for one in AT_WORK),
        _("Number of breaks"), _("Nobody told, minutes"), _("Set by a leader"),
    ]  # fmt: skip


def cells(one: Attended) -> Sequence[Any]:
    """One row of the table."""
    minutes = [None if value is None else round(value / 60, 1) for _name, value in one.shown]
    return [
        one.person.staff_no, one.person.name, one.team.name if one.team else "", one.first_in,
        one.last_out, None if one.at_work is None else round(one.at_work / 60, 1), *minutes,
        one.breaks, round(one.untold / 60, 1), "; ".join(map(forced_in_words, one.forced)),
    ]  # fmt: skip


def forced_in_words(row: AgentState) -> str:
    """When a leader set which state, and who it was."""
    by = row.forced_by.name if row.forced_by else ""
    return f"{timezone.localtime(row.since):%H:%M} {row.get_state_display()} {by}".strip()
