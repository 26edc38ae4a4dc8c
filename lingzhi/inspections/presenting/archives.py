"""One person's quality archive as its page and its document show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import Grade, Incident, SupervisionRecord
from lingzhi.inspections.presenting.lines import conversations_url
from lingzhi.inspections.queries import archives
from lingzhi.inspections.queries.person_scores import PersonScore, mean_of, released_between
from lingzhi.org.models import Unit
from lingzhi.org.queries import team_of
from lingzhi_engine.stats import Measured

RECENT = 10
MOST_POINTS = 500
FEW = 5  # fewer scores give no mean that says something about a person


@dataclass(frozen=True, slots=True)
class ShownMean:
    """A mean out of a hundred, or too few to say."""

    n: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def is_enough(self) -> bool:
        return self.n >= FEW and self.value is not None


@dataclass(frozen=True, slots=True)
class QuarterRow:
    first: date
    number: int
    own: ShownMean | None
    old: ShownMean | None


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    hits: int
    judged: int
    low: float | None
    high: float | None
    is_enough: bool
    url: str


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything on the page of one person."""

    person: User
    unit: Unit | None
    from_on: date
    to_on: date
    mean: ShownMean
    old_count: int
    team: ShownMean | None
    quarters: list[QuarterRow]
    chart: dict[str, Any] | None
    receipt: archives.Receipt
    errors: list[archives.Error]
    hits: list[Hit]
    grades: list[Grade]
    incidents: list[Incident]
    records: list[SupervisionRecord]
    lapsed: int
    looked_at: int
    led: list[tuple[Unit, ShownMean | None, Grade | None]]


def shown_mean(found: Measured) -> ShownMean:
    """Without limits where they are not finite."""
    low = found.low if isfinite(found.low) else None
    high = found.high if isfinite(found.high) else None
    return ShownMean(found.n, found.value, low, high)


def archive_of(person: User, from_on: date, to_on: date) -> Archive:
    """The archive over some days, for whoever may read it."""
    unit = team_of(person, today())
    own = archives.scores_of(person, from_on, to_on)
    old = archives.old_scores_of(person, from_on, to_on)
    team = archives.team_mean(unit, from_on, to_on)
    records = archives.supervised(person, from_on, to_on)
    return Archive(
        person=person, unit=unit, from_on=from_on, to_on=to_on,
        mean=shown_mean(mean_of(own)), old_count=len(old),
        team=shown_mean(team) if team else None,
        quarters=_quarters(archives.quarters_of(own), archives.quarters_of(old)),
        chart=_chart(own, old) if len(own) + len(old) > 1 else None,
        receipt=archives.receipt_of(released_between(from_on, to_on).filter(agent=person)),
        errors=archives.typical_errors(person, from_on, to_on),
        hits=_hits(person, from_on, to_on),
        grades=list(archives.grades_of_person(person)[:RECENT]),
        incidents=list(archives.incidents_of(person)[:RECENT]),
        records=list(records[:RECENT]),
        lapsed=records.filter(result=SupervisionRecord.Result.LAPSED).count(),
        looked_at=records.count(),
        led=[_led(one, from_on, to_on) for one in archives.led_units(person)],
    )  # fmt: skip


def _led(unit: Unit, from_on: date, to_on: date) -> tuple[Unit, ShownMean | None, Grade | None]:
    mean = archives.team_mean(unit, from_on, to_on)
    grade = Grade.objects.filter(unit=unit, person=None, is_latest=True).first()
    return unit, shown_mean(mean) if mean else None, grade


def _quarters(own: Sequence[archives.Quarter], old: Sequence[archives.Quarter]) -> list[QuarterRow]:
    ours = {one.first: shown_mean(one.mean) for one in own}
    theirs = {one.first: shown_mean(one.mean) for one in old}
    return [
        QuarterRow(first, (first.month + 2) // 3, ours.get(first), theirs.get(first))
        for first in sorted({*ours, *theirs})
    ]


def _hits(person: User, from_on: date, to_on: date) -> list[Hit]:
    asked = {"from_on": from_on.isoformat(), "to_on": to_on.isoformat(), "agent": str(person.pk)}
    return [
        Hit(
            line.key.title, line.tally.hits, line.tally.judged, line.tally.low, line.tally.high,
            line.tally.is_enough, conversations_url({**asked, "rule": line.key.rule.code}),
        )
        for line in archives.hits_of(person, from_on, to_on)
    ]  # fmt: skip


def _chart(own: Sequence[PersonScore], old: Sequence[PersonScore]) -> dict[str, Any]:
    """Every score as a point on its day; those of an earlier system are points of their own."""
    return {
        "legend": {"top": 0},
        "grid": {"top": 34, "left": 40, "right": 16, "bottom": 28},
        "xAxis": {"type": "time"},
        "yAxis": {"type": "value", "scale": True},
        "series": [
            _points(_("Scores"), own, "lz:accent-fill"),
            _points(_("Imported scores"), old, "lz:unknown-fill"),
        ],
    }


def _points(name: str, scores: Sequence[PersonScore], color: str) -> dict[str, Any]:
    newest = sorted(scores, key=lambda one: one.on)[-MOST_POINTS:]
    return {
        "type": "scatter",
        "name": name,
        "symbolSize": 8,
        "data": [[one.on.isoformat(), round(one.value, 1)] for one in newest],
        "itemStyle": {"color": color},
    }
