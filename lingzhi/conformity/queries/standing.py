"""How each clause of a regulation stands over a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lingzhi.conformity.queries.figures import Figure, State, worst
from lingzhi.conformity.queries.periods import Period
from lingzhi.conformity.queries.reading import Reading, controls_by_clause, readings_of
from lingzhi.conformity.queries.thresholds import threshold_in_force
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Clause, Version, in_language
from lingzhi.rulebook.packs import content_of

Force = Clause.Force


@dataclass(frozen=True)
class ClauseStanding:
    """One clause with its controls over a period."""

    clause: Clause
    readings: Sequence[Reading]
    period: Period
    waits_for: str = ""  # why nothing can ever check it, where the pack says so

    @property
    def is_heading(self) -> bool:
        return self.clause.force == Force.HEADING

    @cached_property
    def figures(self) -> list[tuple[Reading, Figure]]:
        """The controls that run, with their figures."""
        return [(one, one.figure(self.period)) for one in self.readings if one.runs]

    @cached_property
    def state(self) -> State:
        """That of its worst control; unenforced where none runs, statement where none ever can."""
        found = worst(figure.state for _reading, figure in self.telling)
        if found is not None:
            return found
        is_demand = self.clause.force in (Force.MUST, Force.SHOULD) and not self.waits_for
        return State.UNENFORCED if self.readings or is_demand else State.STATEMENT

    @cached_property
    def telling(self) -> list[tuple[Reading, Figure]]:
        """The controls that decide: those with data, or all that run where none has any."""
        with_data = [one for one in self.figures if not one[1].is_empty]
        return with_data or self.figures

    @property
    def silent(self) -> int:
        """How many of the controls that run have no data in the period."""
        return sum(figure.is_empty for _reading, figure in self.figures)

    @cached_property
    def decisive(self) -> Reading | None:
        """The control that decides: the worst, of those the one with the most broken checks."""
        of_state = [
            (figure.evidence.broken, figure.checked, -at, reading)
            for at, (reading, figure) in enumerate(self.telling)
            if figure.state == self.state
        ]
        return max(of_state, key=_by_weight)[-1] if of_state else None

    @cached_property
    def figure(self) -> Figure | None:
        """The figure of the decisive control."""
        return self.decisive.figure(self.period) if self.decisive else None

    @property
    def broken(self) -> int:
        """Broken checks of all its controls."""
        return sum(figure.evidence.broken for _reading, figure in self.figures)

    @property
    def last_on(self) -> date | None:
        """The last day of the period with evidence in force."""
        days = [one.last_in(self.period) for one in self.readings]
        return max((day for day in days if day), default=None)

    @property
    def is_looking_back(self) -> bool:
        return self.decisive is not None and self.decisive.is_looking_back(self.period)

    @property
    def waiting(self) -> int:
        """How many of its controls nothing runs yet."""
        return sum(one.kind is None or one.kind.evidence is None for one in self.readings)

    @cached_property
    def state_before(self) -> State | None:
        """The state over the days right before, as far as they say anything."""
        if self.decisive is None:
            return None
        return worst(
            one.before(self.period).state
            for one, _figure in self.figures
            if one.before(self.period).checked
        )


def _by_weight(one: tuple[int, int, int, Reading]) -> tuple[int, int, int]:
    return one[:3]


def standing_of_clauses(
    version: Version, unit: Unit, period: Period, *, number: str = ""
) -> list[ClauseStanding]:
    """Every clause of a version, or one, as it stands for `unit`."""
    usual = threshold_in_force().share
    readings = readings_of(version, unit, period, usual=usual, number=number)
    by_clause = controls_by_clause(readings.values())
    rows = version.clauses.order_by("position")
    rows = rows.filter(number=number) if number else rows
    why = {one.number: in_language(dict(one.waits_for)) for one in content_of(version.body).clauses}
    return [
        ClauseStanding(
            _with_version(clause, version),
            by_clause.get(clause.pk, []),
            period,
            why.get(clause.number, ""),
        )
        for clause in rows
    ]


def _with_version(clause: Clause, version: Version) -> Clause:
    clause.version = version
    return clause
