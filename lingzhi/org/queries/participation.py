"""How many of a team took part in what was open to it, among those in service at the time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from lingzhi.core.clock import midnight
from lingzhi.org.models import Activity, Assignment, Participation, Unit
from lingzhi.org.queries.scope import Reach
from lingzhi_engine.stats import Interval, wilson


@dataclass(frozen=True, slots=True)
class TeamShare:
    """Of the `people` of a unit who were in service when something open to them was held.

    `took_part` were there at least once. `unknown` signed up, were never confirmed either way and
    seen nowhere else: they count neither as present nor as absent. `visits` is how often all of
    them were there, of `chances` (one for each person and activity).
    """

    unit: Unit
    people: int
    took_part: int
    unknown: int
    visits: int
    chances: int

    @property
    def judged(self) -> int:
        return self.people - self.unknown

    @property
    def share(self) -> float | None:
        return self.took_part / self.judged if self.judged else None

    @property
    def interval(self) -> Interval:
        """Wilson's: one observation a person, who are taken as independent of each other."""
        return wilson(self.took_part, self.judged)


@dataclass(frozen=True, slots=True)
class _Held:
    """An activity that was confirmed: its day and the paths of the units it was open to."""

    pk: int
    day: date
    paths: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """One person at one unit: chances to take part, and what became of them."""

    chances: int = 0
    attended: int = 0
    unknown: int = 0


def team_shares(mine: Reach, first: date, last: date) -> list[TeamShare]:
    """One line for each unit within reach whose people could take part, in the tree's order.

    Only activities that are confirmed count. Four queries, however many people there are.
    """
    held = _held(first, last)
    marks: dict[tuple[int, int], str] = {
        (activity, person): state
        for activity, person, state in Participation.objects.filter(
            activity__in=[one.pk for one in held]
        ).values_list("activity_id", "person_id", "state")
    }
    seen: dict[int, dict[int, _Seen]] = defaultdict(lambda: defaultdict(_Seen))
    for person, unit, activity in _chances(mine, held, first, last):
        _note(seen[unit][person], marks.get((activity, person), ""))
    units = Unit.objects.filter(pk__in=seen).order_by("path")
    return [_line(unit, list(seen[unit.pk].values())) for unit in units]


def _held(first: date, last: date) -> list[_Held]:
    rows = Activity.objects.filter(
        confirmed_at__isnull=False,
        begins_at__gte=midnight(first),
        begins_at__lt=midnight(last + timedelta(days=1)),
    ).prefetch_related("open_to")
    return [
        _Held(
            one.pk,
            timezone.localdate(one.begins_at),
            tuple(unit.path for unit in one.open_to.all()),
        )
        for one in rows
    ]


def _chances(
    mine: Reach, held: Sequence[_Held], first: date, last: date
) -> Iterator[tuple[int, int, int]]:
    """(person, unit, activity) for everybody in service at a unit when it was open to them."""
    rows = Assignment.objects.filter(
        Q(to_on=None) | Q(to_on__gte=first),
        mine.over("unit__path", "person_id"),
        from_on__lte=last,
    ).values_list("person_id", "unit_id", "unit__path", "from_on", "to_on")
    chances = {
        (person, unit, one.pk)
        for person, unit, path, from_on, to_on in rows.order_by()
        for one in held
        if from_on <= one.day <= (to_on or date.max) and path.startswith(one.paths)
    }
    yield from chances


def _note(seen: _Seen, state: str) -> None:
    seen.chances += 1
    seen.attended += state == Participation.State.ATTENDED
    seen.unknown += state == Participation.State.SIGNED_UP


def _line(unit: Unit, seen: Sequence[_Seen]) -> TeamShare:
    return TeamShare(
        unit=unit,
        people=len(seen),
        took_part=sum(one.attended > 0 for one in seen),
        unknown=sum(one.unknown > 0 and not one.attended for one in seen),
        visits=sum(one.attended for one in seen),
        chances=sum(one.chances for one in seen),
    )
