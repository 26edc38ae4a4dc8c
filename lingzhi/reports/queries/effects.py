"""What was begun when (调查、培训、改进措施), and what an indicator did from then on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.improvement.queries.rectifications import rectifications_visible_to
from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries import Period
from lingzhi.kpis.queries.before_after import (
    LONGEST,
    BeforeAfter,
    before_after,
    sums_by_day,
    units_beside,
    windows,
)
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to
from lingzhi.reports.models import Event
from lingzhi.surveys.models import SendingRule, SurveyPlan

READ, SURVEYS = "kpis.read", "surveys.read"
DAY = timedelta(days=1)
MOST = 50  # events, the newest: each is a line


@dataclass(frozen=True, slots=True)
class Happened:
    """Something begun in `units` on a day; `key` is of its own kind of row, named by `source`.

    What began everywhere is judged in what the reader may see, and has no comparison.
    """

    source: str
    key: int
    kind: str
    title: str
    day: date
    units: Sequence[Unit]
    event: Event | None = None
    is_everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """With what the indicator did; None while fewer than two weeks have passed."""

    happened: Happened
    found: BeforeAfter | None


def happened(
    user: User, first: date, last: date, unit: Unit | None = None, kind: str = ""
) -> list[Happened]:
    """What this person may see, all of whose units are within reach; the newest first."""
    seen = {one.pk: one for one in units_visible_to(user, READ)}
    several = [*_entered(seen), *_surveys(user, seen), *_measures(user, seen)]
    found = [
        one for one in several
        if first <= one.day <= last and (not kind or one.kind == kind) and _is_in(one, unit)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.day, one.key), reverse=True)[:MOST]


def judged(
    user: User, definition: Definition, several: Sequence[Happened], length: int, channel: str = ""
) -> list[Judged]:
    """Each with so many days before and after; what was counted is read once. Today is left out."""
    if not several:
        return []
    first, last = min(one.day for one in several), max(one.day for one in several)
    period = Period(first - LONGEST * DAY, last + LONGEST * DAY)
    counted = sums_by_day(definition, period, (channel,) if channel else ())
    found = []
    for one in several:
        days = windows(one.day, length, today() - DAY)
        others = units_beside(one.units, user) if days and not one.is_everywhere else []
        row = before_after(definition, counted, one.units, others, days) if days else None
        found.append(Judged(one, row))
    return found


def _is_in(one: Happened, unit: Unit | None) -> bool:
    return unit is None or any(each.path.startswith(unit.path) for each in one.units)


def _entered(seen: dict[int, Unit]) -> Iterator[Happened]:
    for row in Event.objects.filter(unit__in=seen, removed_at=None):
        units = [seen[row.unit_id]]
        yield Happened("event", row.pk, row.kind, row.title, row.day, units, row)


def _surveys(user: User, seen: dict[int, Unit]) -> Iterator[Happened]:
    """Rules since they send, plans since their first round; without units they are of all."""
    if not user.can(SURVEYS):
        return
    kind = Event.Kind.SURVEY
    for rule in SendingRule.objects.all():
        if units := _within(rule.units, seen):
            day = localdate(rule.starts_at)
            yield Happened("rule", rule.pk, kind, rule.name, day, units, None, not rule.units)
    started = (SurveyPlan.State.APPROVED, SurveyPlan.State.ENDED)
    for plan in SurveyPlan.objects.filter(state__in=started, owner=None):
        if units := _within(plan.units, seen):
            title, day = plan.title, plan.starts_on
            yield Happened("plan", plan.pk, kind, title, day, units, None, not plan.units)


def _within(keys: Sequence[int], seen: dict[int, Unit]) -> list[Unit]:
    """These units if all are within reach; of none named the widest that are."""
    if not keys:
        return [one for one in seen.values() if one.parent_id not in seen]
    return [seen[key] for key in keys] if all(key in seen for key in keys) else []


def _measures(user: User, seen: dict[int, Unit]) -> Iterator[Happened]:
    """Rectifications whose measures took effect, in the unit where the effect is judged."""
    rows = rectifications_visible_to(user).filter(done_on__isnull=False)
    for row in rows.select_related("effect"):
        effect = getattr(row, "effect", None)
        unit = effect.unit_id if effect else row.unit_id
        if unit in seen and row.done_on is not None:
            kind = Event.Kind.MEASURE
            yield Happened("rectification", row.pk, kind, row.title, row.done_on, [seen[unit]])
