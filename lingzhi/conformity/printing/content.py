"""What stands in an audit file: every clause with its figures, and the evidence behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.conformity.models import Dossier
from lingzhi.conformity.presenting.cases import Case, latest_broken
from lingzhi.conformity.presenting.clauses import Chapter, Line, Tile, shown_chapters, tiles_of
from lingzhi.conformity.queries.actions import open_actions
from lingzhi.conformity.queries.figures import Figure, State
from lingzhi.conformity.queries.gaps import Gaps, gaps_of
from lingzhi.conformity.queries.periods import Period
from lingzhi.conformity.queries.reading import Reading
from lingzhi.conformity.queries.standing import standing_of_clauses
from lingzhi.conformity.queries.thresholds import InForce, threshold_in_force
from lingzhi.core.controls import Evidence
from lingzhi.improvement.models import Rectification
from lingzhi.inspections.queries import Period as Days
from lingzhi.inspections.queries.clauses import KINDS
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version

DAYS = 10  # of a control, in its annex


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day on which a control was broken or could not be judged, with the key to find it."""

    key: str
    day: date
    found: Evidence


@dataclass(frozen=True, slots=True)
class Annex:
    """The evidence of a clause: the newest days and cases, and how many more there are."""

    days: Sequence[DayRow] = ()
    more_days: int = 0
    cases: Sequence[Case] = ()
    more_cases: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.days or self.cases)


@dataclass(frozen=True, slots=True)
class ControlLine:
    """One control of a clause in the period, and in the period before."""

    reading: Reading
    figure: Figure
    before: Figure

    @property
    def change(self) -> str:
        return self.figure.change_from(self.before)


@dataclass(frozen=True, slots=True)
class DossierClause:
    """A clause as an auditor reads it."""

    line: Line
    controls: list[ControlLine]
    last_on: date | None
    actions: Sequence[Rectification] = ()
    annex: Annex = field(default_factory=Annex)

    @property
    def number(self) -> str:
        return self.line.standing.clause.number

    @property
    def state(self) -> State:
        return self.line.standing.state


@dataclass(frozen=True, slots=True)
class DossierChapter:
    chapter: Chapter
    clauses: list[DossierClause]


@dataclass(frozen=True, slots=True)
class Content:
    """The whole document: nothing in it says when it was made, only what its evidence says."""

    version: Version
    unit: Unit
    period: Period
    tiles: list[Tile]
    chapters: list[DossierChapter]
    gaps: Gaps
    threshold: InForce

    @property
    def clauses(self) -> list[DossierClause]:
        return [one for chapter in self.chapters for one in chapter.clauses]

    @property
    def last_on(self) -> date | None:
        """The last day of which there is any evidence."""
        return max((one.last_on for one in self.clauses if one.last_on), default=None)


def content_of(version: Version, unit: Unit, period: Period, user: User) -> Content:
    """The document without annexes: the number of questions does not grow with the clauses."""
    standings = standing_of_clauses(version, unit, period)
    actions = open_actions(version.regulation, user)
    query = {"from_on": str(period.first), "to_on": str(period.last), "unit": str(unit.pk)}
    chapters = [
        DossierChapter(chapter, [_clause(one, period, actions) for one in chapter.lines])
        for chapter in shown_chapters(standings, lambda _state: True, query)
    ]
    return Content(
        version, unit, period, tiles_of(standings), chapters, gaps_of(standings),
        threshold_in_force(),
    )  # fmt: skip


def with_annexes(dossier: Dossier) -> Content:
    """The document that was asked for, with the evidence of each clause."""
    period = Period(dossier.first_on, dossier.last_on)
    found = content_of(dossier.version, dossier.unit, period, dossier.asked_by)
    for chapter in found.chapters:
        chapter.clauses[:] = [_annexed(one, found, dossier.asked_by) for one in chapter.clauses]
    return found


def _clause(line: Line, period: Period, actions: dict[str, list[Rectification]]) -> DossierClause:
    standing = line.standing
    controls = [
        ControlLine(one, one.figure(period), one.before(period)) for one in standing.readings
    ]
    return DossierClause(line, controls, standing.last_on, actions.get(standing.clause.number, ()))


def _annexed(one: DossierClause, content: Content, user: User) -> DossierClause:
    period = content.period
    days = [row for control in one.controls for row in _days(control, content)]
    days.sort(key=lambda row: (-row.day.toordinal(), row.key))
    words = [control for control in one.controls if control.reading.control.kind in KINDS]
    readings = [control.reading.control for control in words if control.reading.runs]
    span = Days(period.first, period.last)
    cases = latest_broken(readings, content.unit, span, user)
    broken = sum(control.figure.evidence.broken for control in words)
    annex = Annex(days[:DAYS], max(0, len(days) - DAYS), cases, max(0, broken - len(cases)))
    return DossierClause(one.line, one.controls, one.last_on, one.actions, annex)


def _days(control: ControlLine, content: Content) -> Iterator[DayRow]:
    reading = control.reading
    for day, found in reading.in_force.items():
        if day in content.period and (found.broken or found.unknown):
            yield DayRow(key_of(reading, content.unit, day), day, found)


def key_of(reading: Reading, unit: Unit, day: date) -> str:
    """What names a day's evidence for good: clause, control, unit and day."""
    control = reading.control
    return f"{control.clause.number}/{control.key}/{unit.code}/{day:%Y%m%d}"


def change_in_words(change: str) -> str:
    """Better or worse than before, or that chance explains it; "" where nothing is known."""
    return {
        "better": _("Better, more than chance explains."),
        "worse": _("Worse, more than chance explains."),
        "same": _("No significant difference."),
    }.get(change, "")
