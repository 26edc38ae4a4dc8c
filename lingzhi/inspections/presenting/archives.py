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
from lingzhi.inspections.queries.person_scores import mean_of, released_between
from lingzhi.org.models import Unit
from lingzhi.org.queries import team_of
from lingzhi_engine.stats import Measured

RECENT = 10
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
class MonthRow:
    first: date
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
    months: list[MonthRow]
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
    months = _months(archives.months_of(own), archives.months_of(old, is_old=True))
    team = archives.team_mean(unit, from_on, to_on)
    records = archives.supervised(person, from_on, to_on)
    return Archive(
        person=person, unit=unit, from_on=from_on, to_on=to_on,
        mean=shown_mean(mean_of(own)), old_count=len(old),
        team=shown_mean(team) if team else None,
        months=months, chart=_chart(months) if len(months) > 1 else None,
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


def _months(own: Sequence[archives.Month], old: Sequence[archives.Month]) -> list[MonthRow]:
    ours = {one.first: shown_mean(one.mean) for one in own}
    theirs = {one.first: shown_mean(one.mean) for one in old}
    return [
        MonthRow(first, ours.get(first), theirs.get(first)) for first in sorted({*ours, *theirs})
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


def _chart(months: Sequence[MonthRow]) -> dict[str, Any]:
    """Means by month with their limits; scores of an earlier system are a line of their own."""
    return {
        "legend": {},
        "xAxis": {"type": "category", "data": [f"{one.first:%Y-%m}" for one in months]},
        "yAxis": {"type": "value", "scale": True},
        "series": [
            _line(_("Scores"), [one.own for one in months], "lz:accent-fill", "value"),
            _line(_("lower limit"), [one.own for one in months], "lz:unknown-fill", "low"),
            _line(_("upper limit"), [one.own for one in months], "lz:unknown-fill", "high"),
            _line(_("Imported scores"), [one.old for one in months], "lz:flow-fill", "value"),
        ],
    }


def _line(name: str, means: Sequence[ShownMean | None], color: str, part: str) -> dict[str, Any]:
    values = [None if one is None else getattr(one, part) for one in means]
    is_limit = part != "value"
    return {
        "type": "line",
        "name": name,
        "data": [None if one is None else round(one, 1) for one in values],
        "symbol": "none" if is_limit else "circle",
        "lineStyle": {
            "color": color, "width": 1 if is_limit else 1.8,
            "type": "dashed" if is_limit else "solid",
        },
        "itemStyle": {"color": color},
    }  # fmt: skip
