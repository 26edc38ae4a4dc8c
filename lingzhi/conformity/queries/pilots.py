"""Pilots (试点): what their controls found before, and what they find now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum

from lingzhi.conformity.models import DayEvidence
from lingzhi.conformity.queries.figures import Figure
from lingzhi.conformity.queries.periods import Period
from lingzhi.conformity.queries.reading import Reading, readings_of
from lingzhi.conformity.queries.thresholds import threshold_in_force
from lingzhi.core.channels import channel_words
from lingzhi.core.clock import today
from lingzhi.core.controls import Evidence
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Regulation, Version
from lingzhi.rulebook.queries import open_pilots


@dataclass(frozen=True, slots=True)
class PilotLine:
    """One control of a pilot: the figure kept from before it, and the one since."""

    reading: Reading
    before: Figure
    now: Figure

    @property
    def change(self) -> str:
        return self.now.change_from(self.before)


@dataclass(frozen=True, slots=True)
class PilotStanding:
    """A pilot that is open, with those of its controls that have figures from before."""

    version: Version
    lines: Sequence[PilotLine]

    @property
    def holds_for(self) -> list[str]:
        """The names of its units and channels."""
        words = channel_words()
        units = [unit.name for unit in self.version.pilot_units.all()]
        return units + [str(words.get(code, code)) for code in self.version.pilot_channels]


def pilots_of(regulation: Regulation, within: Collection[Unit]) -> list[PilotStanding]:
    """The open pilots of a regulation, each wholly in units of `within`.

    A pilot has one figure for all its units, so whoever may not see one of them sees none of it.
    """
    seen = {unit.pk for unit in within}
    return [
        _standing(version, regulation)
        for version in open_pilots(regulation)
        if all(unit.pk in seen for unit in units_of_pilot(version, regulation))
    ]


def units_of_pilot(version: Version, regulation: Regulation) -> Sequence[Unit]:
    """Where it holds; one for some channels alone holds in the regulation's own unit."""
    return list(version.pilot_units.all()) or [regulation.unit]


def _standing(version: Version, regulation: Regulation) -> PilotStanding:
    version.regulation = regulation
    last = min(today(), version.pilot_until or today())
    period = Period(version.effective_on or today(), last)
    usual = threshold_in_force().share
    readings = readings_of(version, regulation.unit, period, usual=usual)
    lines = [
        PilotLine(one, _kept_before(one, version.baseline), one.figure(period))
        for one in readings.values()
        if one.control.key in version.baseline
    ]
    return PilotStanding(version, lines)


def _kept_before(reading: Reading, baseline: dict[str, list[int]]) -> Figure:
    kept, checked = baseline[reading.control.key]
    return Figure(Evidence(kept, checked - kept), reading.needed)


def figures_before(version: Version) -> dict[str, list[int]]:
    """`{control key: [kept, checked]}` of the days before a pilot, for the units it is run in."""
    units = units_of_pilot(version, version.regulation)
    rows = DayEvidence.objects.filter(
        control__clause__version=version,
        unit__in=units,
        day__lte=(version.effective_on or today()) - timedelta(days=1),
    )
    sums = rows.values_list("control__key").annotate(kept=Sum("kept"), broken=Sum("broken"))
    return {
        key: [kept, kept + broken]
        for key, kept, broken in sums.order_by("control__key")
        if kept + broken
    }
