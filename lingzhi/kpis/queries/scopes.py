"""Whose cases a figure counts: what a person may see, narrowed to a unit, an agent, a channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.measures import Place
from lingzhi.kpis.models import DaySum, Fact
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, units_visible_to

READ = "kpis.read"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which facts count. `unit` is the one whose targets hold; `agent_id` narrows to a person."""

    where: Q = field(default_factory=Q)
    unit: Unit | None = None
    agent_id: int | None = None
    channels: tuple[str, ...] = ()

    @classmethod
    def everything(cls) -> "Scope":
        """All cases, those of no team too."""
        return cls()

    @classmethod
    def of_unit(cls, unit: Unit, channel: str = "") -> "Scope":
        """A unit with everything below it; the company as a whole has the cases of no team too."""
        where = Q(unit__path__startswith=unit.path)
        if unit.parent_id is None:
            where |= Q(unit=None)
        return cls(where, unit, None, (channel,) if channel else ())

    def narrowed(self, *, agent_id: int | None = None, channel: str = "") -> "Scope":
        """The same of one agent or one channel."""
        return replace(
            self,
            agent_id=self.agent_id if agent_id is None else agent_id,
            channels=(channel,) if channel else self.channels,
        )

    def facts(self, *names: str) -> QuerySet[Any]:
        """The facts that count; the sums of their days unless a person or `agent_id` is asked."""
        is_by_person = self.agent_id is not None or "agent_id" in names
        table: Any = Fact if is_by_person else DaySum
        rows: QuerySet[Any] = table.objects.filter(self.where).order_by()
        if self.agent_id is not None:
            rows = rows.filter(agent_id=self.agent_id)
        if self.channels:
            rows = rows.filter(channel__in=self.channels)
        return rows

    @property
    def channel(self) -> str:
        """The one channel it is narrowed to."""
        return self.channels[0] if len(self.channels) == 1 else ""

    @property
    def place(self) -> Place:
        """The same question to a measure, for the rows behind a figure."""
        path = self.unit.path if self.unit and self.unit.parent_id else ""
        return Place(path, self.agent_id, self.channel)


def scope_of(
    user: User, unit: Unit | None = None, *, agent_id: int | None = None, channel: str = ""
) -> Scope:
    """What `user` may see, narrowed as asked.

    Without a unit it is the widest one within reach; who reaches none sees the own work.
    """
    where = reach(user, READ)
    chosen = unit or widest_unit(user)
    if chosen is None or not where.covers(chosen, None):
        own = Scope(Q(pk__in=[]) if not where.is_own else Q(agent_id=user.pk), None, user.pk)
        return own.narrowed(channel=channel)
    return Scope.of_unit(chosen).narrowed(agent_id=agent_id, channel=channel)


def counted_in(at: int | None, units: Mapping[int, Unit]) -> list[int]:
    """Of `units` those in which a fact of one counts: itself and all above; of none the company."""
    unit = units.get(at) if at is not None else None
    if unit is None:
        return [one.pk for one in units.values() if one.parent_id is None]
    return [key for key in (*unit.above, unit.pk) if key in units]


def widest_unit(user: User) -> Unit | None:
    """The highest unit whose figures this person may see; the first of several."""
    return min(units_visible_to(user, READ), key=lambda unit: (unit.depth, unit.pk), default=None)
