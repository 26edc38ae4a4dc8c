"""One control, unit by unit."""

from collections.abc import Iterable
from dataclasses import dataclass

from lingzhi.conformity.models import DayEvidence
from lingzhi.conformity.queries.figures import Figure
from lingzhi.conformity.queries.periods import Period
from lingzhi.conformity.queries.reading import NOTHING, Reading
from lingzhi.core.controls import Evidence
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Control


@dataclass(frozen=True, slots=True)
class TeamFigure:
    """What a control found in one unit."""

    unit: Unit
    figure: Figure


def by_team(reading: Reading, units: Iterable[Unit], period: Period) -> list[TeamFigure]:
    """The units that the control was asked of, besides the first, on the days of its figure."""
    control = reading.control
    known = {unit.pk: unit for unit in list(units)[1:]}
    rows = DayEvidence.objects.filter(
        control__in=_same(control), unit__in=known, day__range=(period.first, period.last)
    ).select_related("control__clause__version")
    is_back = reading.is_looking_back(period)
    found: dict[int, Evidence] = {}
    for row in rows:
        own = row.control.clause.version.effective_on
        is_in_force = own is not None and row.day >= own
        is_wanted = not is_in_force and row.control_id == control.pk if is_back else is_in_force
        if is_wanted:
            found[row.unit_id] = found.get(row.unit_id, NOTHING) + Evidence(
                row.kept, row.broken, row.unknown
            )
    return [
        TeamFigure(unit, Figure(found[pk], reading.needed))
        for pk, unit in known.items()
        if pk in found
    ]


def _same(control: Control) -> Iterable[Control]:
    clause = control.clause
    if clause.version.is_pilot:
        return [control]
    return Control.objects.filter(
        clause__version__regulation=clause.version.regulation_id,
        clause__version__pilot_until=None,
        clause__number=clause.number,
        key=control.key,
    )
