"""What nobody checks: clauses without control, controls that wait, failed or have no data."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lingzhi.conformity.queries.figures import State
from lingzhi.conformity.queries.reading import Reading
from lingzhi.conformity.queries.standing import ClauseStanding


@dataclass(frozen=True)
class Gaps:
    """The gaps of a regulation over a period."""

    without_control: list[ClauseStanding] = field(default_factory=list)
    statements: list[ClauseStanding] = field(default_factory=list)
    waiting: dict[str, list[Reading]] = field(default_factory=dict)  # by the app they wait for
    failed: list[Reading] = field(default_factory=list)
    without_data: list[Reading] = field(default_factory=list)
    unjudged: list[Reading] = field(default_factory=list)  # more unknown than checked

    @property
    def number(self) -> int:
        """Clauses and controls that somebody can do something about."""
        controls = len(self.failed) + len(self.without_data) + len(self.unjudged)
        return len(self.without_control) + controls


def gaps_of(standings: Sequence[ClauseStanding]) -> Gaps:
    """Every gap among the clauses of a version."""
    gaps = Gaps()
    for one in standings:
        if one.is_heading:
            continue
        if one.state == State.STATEMENT:
            gaps.statements.append(one)
        elif not one.readings:
            gaps.without_control.append(one)
        for reading in one.readings:
            _sort(gaps, reading, one)
    return gaps


def _sort(gaps: Gaps, reading: Reading, standing: ClauseStanding) -> None:
    kind = reading.kind
    if kind is None or not kind.runs:
        gaps.waiting.setdefault(kind.waits_for if kind else "", []).append(reading)
        return
    figure = reading.figure(standing.period)
    if reading.standing == "failed":
        gaps.failed.append(reading)
    elif reading.runs and figure.is_empty:
        gaps.without_data.append(reading)
    elif reading.runs and figure.state == State.UNKNOWN:
        gaps.unjudged.append(reading)
