"""Rows of evidence as figures: of which controls, for which unit, on which days.

Days count for the version that was in force on them: a clause that changed shows the old days as
they were judged then. Where a version has no evidence of its own yet, what it would have found
before its first day is shown instead, and marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

from django.db.models import Q

from lingzhi.conformity.models import DayEvidence
from lingzhi.conformity.queries.figures import Figure
from lingzhi.conformity.queries.periods import Period, looked_back_before
from lingzhi.core.controls import ControlKind, Evidence, control_kinds
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Control, Version
from lingzhi.rulebook.queries import standing_of

NOTHING = Evidence()
ByDay = Mapping[date, Evidence]


def total(several: Iterable[Evidence]) -> Evidence:
    """The sum of evidence."""
    return reduce(Evidence.__add__, several, NOTHING)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one control found: day by day in force, and looked back at before.

    `held` are the stretches of days on which a version with this control was in force. Of no
    other days, and of those looked back at, anything is known: a day without evidence among them
    had nothing to check.
    """

    control: Control
    needed: float
    in_force: ByDay = field(default_factory=dict)
    looked_back: ByDay = field(default_factory=dict)
    is_above: bool = False  # counted only for a unit above the one that is asked about
    held: Sequence[Period] = ()

    @property
    def kind(self) -> ControlKind | None:
        return control_kinds().get(self.control.kind)

    @property
    def runs(self) -> bool:
        """Whether an app counts it, for the unit that is asked about."""
        return self.kind is not None and self.kind.evidence is not None and not self.is_above

    @property
    def standing(self) -> str:
        """applied, waiting (for its app), failed, due or ended."""
        return standing_of(self.control)

    def is_looking_back(self, period: Period) -> bool:
        """Whether the days of `period` hold nothing but what was looked back at."""
        return not _within(self.in_force, period) and bool(_within(self.looked_back, period))

    def figure(self, period: Period) -> Figure:
        """The figure of a period: of the days in force, else of those looked back at."""
        found = _within(self.in_force, period) or _within(self.looked_back, period)
        return Figure(total(found), self.needed)

    def last_in(self, period: Period) -> date | None:
        """The last day of a period with evidence in force."""
        return max((day for day in self.in_force if day in period), default=None)

    def look_back(self, period: Period) -> Figure:
        """What the control would have found in a period before its first day."""
        return Figure(total(_within(self.looked_back, period)), self.needed)

    def knows_before(self, period: Period) -> bool:
        """Whether as many days right before, of the same sort of days, were counted: all of them.

        A part of them is no figure to compare with: it would be taken for the whole.
        """
        if not self.is_looking_back(period):
            return period.before.is_within(self.held)
        first = self.control.clause.version.effective_on
        return first is not None and period.before.is_within([looked_back_before(first)])

    def before(self, period: Period) -> Figure:
        """The figure of the days right before; empty unless all of them were counted."""
        if not self.knows_before(period):
            return Figure(NOTHING, self.needed)
        days = self.looked_back if self.is_looking_back(period) else self.in_force
        return Figure(total(_within(days, period.before)), self.needed)

    def trend(self, period: Period) -> list[float | None]:
        """The share kept, in steps through the period."""
        days = self.looked_back if self.is_looking_back(period) else self.in_force
        return [Figure(total(_within(days, step)), self.needed).ratio for step in period.steps()]


def _within(days: ByDay, period: Period) -> list[Evidence]:
    return [found for day, found in days.items() if day in period]


def needed_of(control: Control, usual: float) -> float:
    """The share of checks that must be kept: the control's own, else that of the house."""
    kind = control_kinds().get(control.kind)
    own = kind.needed(control.values) if kind is not None and kind.needed is not None else None
    return usual if own is None else own


def readings_of(
    version: Version, unit: Unit, period: Period, *, usual: float, number: str = ""
) -> dict[int, Reading]:
    """`{control id: reading}` of a version's controls, with the same controls of older versions.

    The days reach back to the beginning of the period before. `number` narrows to one clause.
    """
    mine = _controls(version, number)
    same = _same_controls(version, number)
    units = {control.pk: _rows_for(control, version, unit) for control in mine}
    rows = _rows([pk for several in same.values() for pk in several], units, period)
    found = {}
    for control in mine:
        own = (control.clause.number, control.key)
        in_force, looked_back = _sorted_days(control, same[own], rows, units[control.pk])
        found[control.pk] = Reading(
            control,
            needed_of(control, usual),
            in_force,
            looked_back,
            is_above=not units[control.pk],
            held=list(same[own].values()),
        )
    return found


def _controls(version: Version, number: str) -> list[Control]:
    rows = Control.objects.filter(clause__version=version).select_related("clause")
    rows = rows.filter(clause__number=number) if number else rows
    controls = list(rows.order_by("clause__position", "pk"))
    for control in controls:
        control.clause.version = version
    return controls


def _same_controls(version: Version, number: str) -> dict[Any, dict[int, Period]]:
    """For each clause and key the controls of every version that was agreed to, with its days."""
    wanted = Q(clause__version=version)
    if not version.is_pilot:
        agreed = Version.objects.filter(approved_at__isnull=False, pilot_until=None)
        has_held = Q(withdrawn_at=None) | Q(ended_on__isnull=False)
        wanted |= Q(clause__version__in=agreed.filter(has_held))
    rows = Control.objects.filter(wanted, clause__version__regulation=version.regulation_id)
    rows = rows.filter(clause__number=number) if number else rows
    found: dict[Any, dict[int, Period]] = {}
    days = ("effective_on", "ended_on", "pilot_until")
    fields = ("key", "clause__number", *(f"clause__version__{name}" for name in days))
    for one in rows.select_related("clause__version").only(*fields):
        held = one.clause.version
        stretch = Period(held.effective_on or date.max, held.last_on or date.max)
        found.setdefault((one.clause.number, one.key), {})[one.pk] = stretch
    return found


def _rows_for(control: Control, version: Version, unit: Unit) -> list[int]:
    """The units whose rows together are the figure for `unit`.

    One that the control binds, or, for a pilot in some teams, those. Nothing where the control
    cannot be asked of a part of what it binds.
    """
    roots = list(version.pilot_units.all()) if version.is_pilot else []
    roots = roots or [version.regulation.unit]
    below = [root.pk for root in roots if root.path.startswith(unit.path)]
    if below:
        return below
    kind = control_kinds().get(control.kind)
    can_narrow = kind is not None and kind.narrows is not None and kind.narrows(control.values)
    is_bound = any(unit.path.startswith(root.path) for root in roots)
    return [unit.pk] if can_narrow and is_bound else []


def _rows(
    controls: list[int], units: Mapping[int, list[int]], period: Period
) -> dict[int, list[DayEvidence]]:
    wanted = {pk for several in units.values() for pk in several}
    found: dict[int, list[DayEvidence]] = {}
    rows = DayEvidence.objects.filter(control__in=controls, unit__in=wanted)
    for row in rows.filter(day__range=(period.before.first, period.last)).order_by("day"):
        found.setdefault(row.control_id, []).append(row)
    return found


def _sorted_days(
    control: Control,
    same: Mapping[int, Period],
    rows: Mapping[int, list[DayEvidence]],
    units: list[int],
) -> tuple[ByDay, ByDay]:
    in_force: dict[date, Evidence] = {}
    looked_back: dict[date, Evidence] = {}
    for pk, held in same.items():
        for row in rows.get(pk, ()):
            found = Evidence(row.kept, row.broken, row.unknown)
            if row.unit_id not in units:
                continue
            if row.day >= held.first:
                in_force[row.day] = in_force.get(row.day, NOTHING) + found
            elif pk == control.pk:
                looked_back[row.day] = looked_back.get(row.day, NOTHING) + found
    return in_force, looked_back


def controls_by_clause(readings: Iterable[Reading]) -> dict[int, list[Reading]]:
    """`{clause id: its readings}`."""
    found: dict[int, list[Reading]] = {}
    for reading in readings:
        found.setdefault(reading.control.clause_id, []).append(reading)
    return found
