"""Targets (目标值) and warning lines (预警线): which one holds where and when."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from lingzhi.kpis.models import Definition, Target
from lingzhi.org.models import Unit
from lingzhi.org.queries import in_force

Rank = tuple[int, bool, float, bool, date, int]


def targets_of(definitions: Iterable[Definition]) -> QuerySet[Target]:
    """Every target of these definitions, those of the past too, the latest first."""
    rows = Target.objects.filter(definition__in=list(definitions))
    return rows.select_related("unit", "definition__indicator", "set_by")


def targets_on(
    definitions: Iterable[Definition], unit: Unit | None, day: date, channel: str = ""
) -> dict[int, Target]:
    """For each definition the target that holds: that of the nearest unit upwards.

    Of one unit that of the channel goes before that of all channels. Two of the same rank hold
    both, where clauses that differ were both kept: then the stricter shows, it keeps the other too.
    Without a unit (a person's own work) no target is asked of anybody.
    """
    if unit is None:
        return {}
    rows = targets_of(definitions).filter(in_force(day), unit__in=[*unit.above, unit.pk])
    found: dict[int, Target] = {}
    for target in rows.filter(channel__in={"", channel}):
        known = found.get(target.definition_id)
        if known is None or _rank(target) > _rank(known):
            found[target.definition_id] = target
    return found


def _rank(target: Target) -> Rank:
    """The higher goes before; `definition` is read for which way is stricter."""
    stricter = -target.value if target.definition.direction == "low" else target.value
    known = (target.unit.depth, bool(target.channel), stricter, target.is_strict)
    return *known, target.from_on, target.pk


def target_of(
    definition: Definition, unit: Unit | None, day: date, channel: str = ""
) -> Target | None:
    """The target that holds for one definition."""
    return targets_on([definition], unit, day, channel).get(definition.pk)
