"""What scores say of inspectors and agents, computed in the background and kept with its date."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from django.db import transaction
from django.utils import timezone

from lingzhi.core.clock import midnight, now, today
from lingzhi.inspections.models import (
    AgentEstimate,
    Comparison,
    InspectorEstimate,
    QualityEstimate,
    Review,
    ReviewChange,
    Sheet,
)
from lingzhi.inspections.services.comparing import compare_rechecked
from lingzhi.org.models import Unit
from lingzhi_engine.stats import (
    Adjusted,
    Measured,
    Scores,
    connected_groups,
    estimate_leniency,
    leniency_drift,
)
from lingzhi_engine.stats.effective import wilson_of_mean

DAYS = 180
"""How many days of scores an estimate rests on."""
SPAN = 14
"""Days between the first and the last score below which a drift is not told."""
NO_WIDTH = 0.01
"""Half an interval, in standard deviations of the scores, below which it is none: the scores showed
no difference between inspectors at all, and REML then knows no error either. That is too good to be
said of a person."""


class Row(NamedTuple):
    """One score: points without a veto, which two people decide and which is no leniency."""

    points: float
    agent: int
    inspector: int
    contact: int
    scored_at: datetime
    seconds: int
    counts: bool
    unit: int | None


@dataclass
class Found:
    """Leniency and drift by inspector, adjusted means by agent, and their groups."""

    leniency: dict[int, Measured] = field(default_factory=dict)
    drift: dict[int, Measured] = field(default_factory=dict)
    agents: dict[int, Adjusted] = field(default_factory=dict)
    groups: list[frozenset[str]] = field(default_factory=list)

    def group_of(self, inspector: int) -> int:
        """The number of the inspector's group, from 0, the largest first."""
        return next(at for at, group in enumerate(self.groups) if str(inspector) in group)


def estimate_inspectors() -> int:
    """An estimate of today for every centre and sheet with scores; the number of estimates."""
    while compare_rechecked():
        pass
    made = 0
    for centre in Unit.objects.filter(kind="centre", closed_at=None):
        given = Review.objects.filter(unit__path__startswith=centre.path)
        sheets = given.exclude(state=Review.State.DRAFT).values("version__sheet").distinct()
        for sheet in Sheet.objects.filter(pk__in=sheets):
            made += estimate_centre(centre, sheet) is not None
    return made


@transaction.atomic
def estimate_centre(centre: Unit, sheet: Sheet) -> QualityEstimate | None:
    """The estimate of today for one centre and sheet, made anew; None where nothing was scored."""
    to_on = today()
    from_on = to_on - timedelta(days=DAYS)
    rows = _rows(centre, sheet, from_on)
    if not rows:
        return None
    found = _fitted(rows)
    QualityEstimate.objects.filter(unit=centre, sheet=sheet, to_on=to_on).delete()
    talks = defaultdict(set)
    for row in rows:
        talks[row.contact].add(row.inspector)
    estimate = QualityEstimate.objects.create(
        unit=centre, sheet=sheet, from_on=from_on, to_on=to_on, reviews=len(rows),
        shared=sum(len(people) > 1 for people in talks.values()), groups=len(found.groups),
        made_at=now(),
    )  # fmt: skip
    InspectorEstimate.objects.bulk_create(_inspectors(estimate, rows, found))
    AgentEstimate.objects.bulk_create(_agents(estimate, rows, found))
    return estimate


def _rows(centre: Unit, sheet: Sheet, since: date) -> list[Row]:
    given = Review.objects.exclude(state=Review.State.DRAFT).filter(
        unit__path__startswith=centre.path, version__sheet=sheet, scored_at__gte=midnight(since),
        without_veto__isnull=False, agent__isnull=False,
    )  # fmt: skip
    names = ("without_veto", "agent", "inspector", "contact", "scored_at", "seconds", "counts")
    return [Row(float(one[0]), *one[1:]) for one in given.values_list(*names, "unit")]


def _scores(rows: Sequence[Row]) -> Scores:
    return Scores.of(
        [row.points for row in rows],
        [str(row.agent) for row in rows],
        [str(row.inspector) for row in rows],
        [str(row.contact) for row in rows],
    )


def _groups(rows: Sequence[Row]) -> list[frozenset[str]]:
    return connected_groups([str(row.inspector) for row in rows], [str(row.agent) for row in rows])


def _fitted(rows: Sequence[Row]) -> Found:
    """Each connected group on its own: between groups nothing can be compared."""
    counting = [row for row in rows if row.counts]
    found = Found(groups=_groups(rows), agents=_adjusted(counting))
    for group in found.groups:
        own = [row for row in rows if str(row.inspector) in group]
        if len(group) > 1:
            scores = _scores(own)
            drift = leniency_drift(scores, [_day(row).toordinal() for row in own])
            found.drift |= {int(name): one for name, one in drift.items() if _is_long(own, name)}
            least = NO_WIDTH * float(np.std(scores.points))
            lenient = estimate_leniency(scores).inspectors
            found.leniency |= {
                int(name): one for name, one in lenient.items() if one.half_width > least
            }
    return found


def _adjusted(rows: Sequence[Row]) -> dict[int, Adjusted]:
    """Agents' means from what counts for them alone: no second score, no gold task."""
    found: dict[int, Adjusted] = {}
    for group in _groups(rows):
        if len(group) > 1:
            own = [row for row in rows if str(row.inspector) in group]
            agents = estimate_leniency(_scores(own)).agents
            found |= {int(name): one for name, one in agents.items()}
    return found


def _day(row: Row) -> date:
    return timezone.localdate(row.scored_at)


def _is_long(rows: Sequence[Row], inspector: str) -> bool:
    """Whether somebody's scores lie far enough apart to say what changes in 30 days."""
    days = [_day(row) for row in rows if str(row.inspector) == inspector]
    return (max(days) - min(days)).days >= SPAN


def _inspectors(
    estimate: QualityEstimate, rows: Sequence[Row], found: Found
) -> list[InspectorEstimate]:
    by_person: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_person[row.inspector].append(row)
    return [
        InspectorEstimate(
            estimate=estimate, inspector_id=person, group=found.group_of(person), scores=len(own),
            counted=sum(row.counts for row in own), days=len({_day(row) for row in own}),
            median_seconds=_median([row.seconds for row in own if row.seconds]),
            overturned=_overturned(estimate, person), agreement=_agreement(estimate, person),
            **_figures("leniency", found.leniency.get(person)),
            **_figures("drift", found.drift.get(person)),
        )
        for person, own in by_person.items()
    ]  # fmt: skip


def _median(seconds: Sequence[int]) -> float | None:
    return float(median(seconds)) if seconds else None


def _figures(name: str, found: Measured | None) -> dict[str, float | None]:
    if found is None or found.value is None:
        return {}
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def _overturned(estimate: QualityEstimate, person: int) -> int:
    """How many of the person's counting scores a re-check or an appeal changed."""
    causes = (ReviewChange.Cause.RECHECK, ReviewChange.Cause.APPEAL)
    rows = ReviewChange.objects.filter(
        cause__in=causes, review__inspector=person, review__version__sheet=estimate.sheet_id,
        review__scored_at__gte=midnight(estimate.from_on), review__counts=True,
    )  # fmt: skip
    return rows.values("review").distinct().count()


def _agreement(estimate: QualityEstimate, person: int) -> dict[str, list[Any]]:
    """By kind of comparison: share of items answered alike, its interval, conversations.

    Items of one conversation hang together, so conversations are what is counted.
    """
    rows = Comparison.objects.filter(
        inspector=person, sheet=estimate.sheet_id, compared_at__gte=midnight(estimate.from_on),
        items__gt=0,
    )  # fmt: skip
    by_kind: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for kind, equal, items in rows.values_list("kind", "equal", "items"):
        by_kind[kind].append((equal, items))
    return {kind: _share(pairs) for kind, pairs in by_kind.items()}


def _share(pairs: Sequence[tuple[int, int]]) -> list[Any]:
    shares = np.array([equal / items for equal, items in pairs])
    found = wilson_of_mean(shares, at_most=float(sum(items for _equal, items in pairs)))
    return [found.value, found.low, found.high, found.n]


def _agents(estimate: QualityEstimate, rows: Sequence[Row], found: Found) -> list[AgentEstimate]:
    by_agent: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.counts:
            by_agent[row.agent].append(row)
    return [_agent(estimate, agent, own, found) for agent, own in by_agent.items()]


def _agent(
    estimate: QualityEstimate, agent: int, own: Sequence[Row], found: Found
) -> AgentEstimate:
    known = found.agents.get(agent)
    adjusted = known.adjusted if known else None
    return AgentEstimate(
        estimate=estimate, agent_id=agent, unit_id=own[-1].unit,
        group=found.group_of(own[0].inspector), scores=len(own),
        raw=sum(row.points for row in own) / len(own),
        adjusted=adjusted.value if adjusted else None,
        low=adjusted.low if adjusted else None, high=adjusted.high if adjusted else None,
    )  # fmt: skip
