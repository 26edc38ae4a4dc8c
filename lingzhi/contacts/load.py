"""Load per head (人均服务负荷): contacts for each agent who was there, by day and by hour.

Who was there is what the log of states tells. Contacts of agents of whom nobody told when they
were there are left out of every load and counted apart: nobody knows how long they took.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce, ExtractHour, Lower
from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.contacts.attendance import AT_WORK
from lingzhi.contacts.flow_figures import LOST
from lingzhi.contacts.models import AgentState, LoadRange
from lingzhi.contacts.phone.presence import LONGEST
from lingzhi.contacts.queries import published
from lingzhi.core.clock import midnight, now, today
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on, in_force, people_in, people_visible_to, teams_on

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LEAST_HOURS = 0.5  # of less time together nothing is said about an hour


@dataclass(frozen=True, slots=True)
class Load:
    """Contacts of the people who were there, and their hours at work; `left` are contacts of
    agents of whom nobody told. `verdict`: high, low, within, or unknown.
    """

    contacts: int
    people: list[User]
    hours: float
    left: int
    bounds: LoadRange | None
    per: str
    is_over: bool = True

    @property
    def per_head(self) -> float | None:
        """Contacts for each agent (and day), or for each hour at work; None of nobody."""
        if self.per == LoadRange.Per.DAY:
            return self.contacts / len(self.people) if self.people else None
        return self.contacts / self.hours if self.hours >= LEAST_HOURS else None

    @property
    def verdict(self) -> str:
        if self.per_head is None or self.bounds is None:
            return "unknown"
        if self.per_head > self.bounds.high:
            return "high"
        if self.is_over:
            return "low" if self.per_head < self.bounds.low else "within"
        return "unknown"  # what is not over yet may still grow


@dataclass(frozen=True, slots=True)
class Loads:
    """A day: each team with agents, and the hours of all of them together."""

    teams: list[tuple[Unit, Load]]
    hours: list[tuple[int, Load]]


@dataclass(frozen=True, slots=True)
class _Day:
    """What a day gave: seconds at work by person and hour, contacts by person and hour."""

    is_over: bool
    people: Mapping[int, User]
    worked: Mapping[int, Mapping[int, float]]
    handled: Mapping[int, Mapping[int, int]]

    def load(
        self, keys: Collection[int], bounds: LoadRange | None, hour: int | None = None
    ) -> Load:
        there = {key: self._seconds(key, hour) for key in keys if self._seconds(key, hour)}
        told = [key for key in keys if self.worked.get(key)]
        count = {key: self._contacts(key, hour) for key in keys}
        return Load(
            sum(count[key] for key in told),
            [self.people[key] for key in there],
            sum(there.values()) / HOUR.total_seconds(),
            sum(count[key] for key in keys if key not in told),
            bounds,
            LoadRange.Per.DAY if hour is None else LoadRange.Per.HOUR,
            self.is_over or hour is not None,
        )

    def _seconds(self, key: int, hour: int | None) -> float:
        mine = self.worked.get(key, {})
        return sum(mine.values()) if hour is None else mine.get(hour, 0.0)

    def _contacts(self, key: int, hour: int | None) -> int:
        mine = self.handled.get(key, {})
        return sum(mine.values()) if hour is None else mine.get(hour, 0)


def loads(user: User, day: date, unit: Unit | None = None) -> Loads:
    """The teams within reach, or of one unit; with a unit its hours too."""
    agents = assignments_on(day).filter(role="agent").values("person")
    people = people_visible_to(user, "contacts.floor").filter(pk__in=agents)
    if unit is not None:
        people = people.filter(pk__in=people_in(unit, day))
    found = {one.pk: one for one in people.order_by("staff_no")}
    what = _Day(day < today(), found, _worked(found, day), _handled(found, day))
    teams = teams_on(day, list(found))
    places: dict[int, list[int]] = {}
    for key in found:
        if key in teams:
            places.setdefault(teams[key].pk, []).append(key)
    units = {one.pk: one for one in teams.values()}
    ranges = list(LoadRange.objects.filter(in_force(day)).select_related("unit"))
    rows = [
        (units[key], what.load(keys, nearest(ranges, units[key], LoadRange.Per.DAY)))
        for key, keys in places.items()
    ]
    hours = [] if unit is None else _hours(what, nearest(ranges, unit, LoadRange.Per.HOUR))
    return Loads(sorted(rows, key=lambda row: row[0].path), hours)


def _hours(what: _Day, bounds: LoadRange | None) -> list[tuple[int, Load]]:
    every = ((hour, what.load(what.people, bounds, hour)) for hour in range(24))
    return [(hour, one) for hour, one in every if one.people or one.contacts or one.left]


def nearest(ranges: Collection[LoadRange], unit: Unit, per: str) -> LoadRange | None:
    """The range that holds: that of the unit or the nearest above it."""
    above = [one for one in ranges if one.per == per and unit.path.startswith(one.unit.path)]
    return max(above, key=lambda one: one.unit.depth, default=None)


def _worked(people: Collection[int], day: date) -> dict[int, dict[int, float]]:
    """Seconds at work by person and hour, as far as the log is believed."""
    begin, end = midnight(day), min(midnight(day + DAY), now())
    rows = AgentState.objects.filter(person__in=people, state__in=AT_WORK, since__lt=end)
    found: dict[int, dict[int, float]] = {}
    for row in rows.exclude(until__lte=begin):
        since = max(row.since, begin)
        until = min(row.until or end, end, row.since + LONGEST)
        for hour, seconds in _by_hour(since, until):
            mine = found.setdefault(row.person_id, {})
            mine[hour] = mine.get(hour, 0.0) + seconds
    return found


def _by_hour(since: datetime, until: datetime) -> list[tuple[int, float]]:
    parts = []
    while since < until:
        local = timezone.localtime(since)
        edge = min(local.replace(minute=0, second=0, microsecond=0) + HOUR, until)
        parts.append((local.hour, (edge - since).total_seconds()))
        since = edge
    return parts


def _handled(people: Collection[int], day: date) -> dict[int, dict[int, int]]:
    """Contacts that agents took, by person and the hour of the answer, else of the begin."""
    rows = published().filter(
        agent__in=people, started_at__gte=midnight(day), started_at__lt=midnight(day + DAY)
    )
    zone = timezone.get_default_timezone()
    taken = rows.annotate(said=Lower("outcome")).exclude(LOST).annotate(
        hour=ExtractHour(Coalesce("answered_at", "started_at"), tzinfo=zone)
    )  # fmt: skip
    found: dict[int, dict[int, int]] = {}
    for key, hour, number in taken.order_by().values_list("agent_id", "hour").annotate(Count("pk")):
        found.setdefault(key, {})[hour] = number
    return found


def ranges_of(units: QuerySet[Unit]) -> QuerySet[LoadRange]:
    """Every range of these units, those of the past too, the latest first."""
    return LoadRange.objects.filter(unit__in=units).select_related("unit", "set_by")
