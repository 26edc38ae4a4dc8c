"""Whether posts that a rulebook asks for are held, day by day and unit by unit (R-OR-02)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.org.models import PostHolding, Unit


@dataclass(frozen=True, slots=True)
class _Held:
    """Somebody holds a post at a unit from one day to another."""

    post: str
    path: str
    person: int
    from_on: date
    to_on: date


def posts_held(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding one check a day and unit: do enough people hold the post there?

    A unit of which no post at all is recorded on that day is unknown: nobody keeps the list.
    """
    units = list(Unit.objects.all())
    held = list(_held(first, last))
    return [
        dict(_days(binding, units_asked(binding, units), held, first, last)) for binding in bindings
    ]


def _held(first: date, last: date) -> Iterator[_Held]:
    rows = PostHolding.objects.filter(
        Q(to_on=None) | Q(to_on__gte=first), from_on__lte=last
    ).values_list("post__code", "unit__path", "person_id", "from_on", "to_on")
    for post, path, person, from_on, to_on in rows:
        yield _Held(post, path, person, from_on, to_on or date.max)


def units_asked(binding: Binding, units: Sequence[Unit]) -> list[Unit]:
    """The units that are asked: teams of the service line, or centres, within the binding.

    Where a regulation holds for something that has no centre within it, that unit is asked itself.
    """
    bound = [unit for unit in units if binding.holds_for(unit.path)]
    if binding.values.get("per") == "team":
        return [
            unit for unit in bound if unit.kind == Unit.Kind.TEAM and unit.line == Unit.Line.SERVICE
        ]
    centres = [unit for unit in bound if unit.kind == Unit.Kind.CENTRE]
    return centres or [unit for unit in bound if unit.pk == binding.unit_id]


def _days(
    binding: Binding, units: Sequence[Unit], held: Sequence[_Held], first: date, last: date
) -> Iterator[tuple[date, Evidence]]:
    of_units = [(unit, [one for one in held if one.path.startswith(unit.path)]) for unit in units]
    for at in range((last - first).days + 1):
        day = first + timedelta(days=at)
        found = Evidence()
        for unit, several in of_units:
            if unit.closed_at is None or timezone.localdate(unit.closed_at) > day:
                found += _check(binding.values, several, day)
        if found != Evidence():
            yield day, found


def _check(values: Mapping[str, Any], held: Sequence[_Held], day: date) -> Evidence:
    today = [one for one in held if one.from_on <= day <= one.to_on]
    if not today:
        return Evidence(unknown=1)
    holders = {one.person for one in today if one.post == values["post"]}
    is_enough = len(holders) >= int(values.get("at_least") or 1)
    return Evidence(kept=int(is_enough), broken=int(not is_enough))
