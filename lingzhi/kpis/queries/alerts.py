"""Alerts of indicators (预警): who sees them, who answers for them, and how many were false."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.kpis.models import Alert, Definition, Indicator, Watch
from lingzhi.kpis.queries.courses import HISTORY
from lingzhi.kpis.queries.figures import NOTHING, Figure, Sums, sums_by
from lingzhi.kpis.queries.overview import GROUPINGS
from lingzhi.kpis.queries.periods import Period
from lingzhi.kpis.queries.scopes import READ, Scope
from lingzhi.org.models import PostHolding, Unit
from lingzhi.org.queries import assignments_on, in_force, units_visible_to
from lingzhi_engine.stats import BASELINE, enough

YEAR = 365
DAY = timedelta(days=1)


def alerts_visible_to(user: User) -> QuerySet[Alert]:
    """The alerts of the units whose figures this person may see, and one's own."""
    units = units_visible_to(user, READ)
    rows = Alert.objects.filter(Q(unit__in=units) | Q(owner=user))
    return rows.select_related("definition__indicator", "unit", "owner", "closed_by")


def owner_for(code: str, unit: Unit) -> User | None:
    """Exactly one person who answers for an indicator in a unit.

    Who holds the post that answers for the indicator there or nearest above; else the head of the
    unit, its quality representative, who leads it; else the same of the nearest unit above.
    """
    post = Indicator.objects.filter(code=code).values_list("owner_post", flat=True).first()
    places = Unit.objects.filter(pk__in=[*unit.above, unit.pk]).select_related(
        "owner", "quality_representative"
    )
    upwards = sorted(places, key=lambda one: one.depth, reverse=True)
    if post:
        held = PostHolding.objects.filter(
            in_force(today()), post__code=post, unit__in=upwards, person__is_active=True
        ).select_related("person", "unit")
        found = sorted(held, key=lambda one: (-one.unit.depth, one.person.staff_no))
        if found:
            return found[0].person
    for one in upwards:
        head = one.owner or one.quality_representative or _leader(one)
        if head is not None and head.is_active:
            return head
    return None


def _leader(unit: Unit) -> User | None:
    rows = assignments_on(today()).filter(unit=unit, role__in=("team_leader", "quality_manager"))
    first = rows.select_related("person").order_by("-role", "person__staff_no").first()
    return first.person if first else None


@dataclass(frozen=True, slots=True)
class Part:
    """What one channel, person or team had to do with an alert: its figure before and since.

    `excess` is how many cases (of means: how much of the sum) lie on the worse side of what its own
    past lets expect.
    """

    key: object
    before: Figure
    since: Figure
    excess: float


def parts_of(alert: Alert, group: str) -> list[Part]:
    """The channels, people or teams within an alert, those that made most of it first."""
    definition, scope = alert.definition, Scope.of_unit(alert.unit)
    earlier = Period(alert.began_on - BASELINE * DAY, alert.began_on - DAY)
    before = sums_by([definition], scope, earlier, GROUPINGS[group])
    since = sums_by([definition], scope, Period(alert.began_on, alert.last_on), GROUPINGS[group])
    worse = 1 if definition.direction == "low" else -1
    found = [
        _part(definition, key, before.get((definition.pk, key), NOTHING), sums, worse)
        for (_definition, key), sums in since.items()
    ]
    return sorted(found, key=lambda one: one.excess, reverse=True)


def _part(definition: Definition, key: object, before: Sums, since: Sums, worse: int) -> Part:
    usual = before[0] / before[1] if before[1] else None
    excess = (since[0] - usual * since[1]) * worse if usual is not None else 0.0
    return Part(key, Figure.of(definition, before), Figure.of(definition, since), excess)


def span_of(alert: Alert) -> Period:
    """The days that its chart shows: eight weeks before, and what followed."""
    return Period(alert.began_on - HISTORY // 2 * DAY, min(alert.last_on + 14 * DAY, today() - DAY))


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """How many false alarms were to be expected in a stretch of time, and how many were marked.

    `stated` is computed from the rules; `closed` are alerts on which somebody said what they were.
    """

    since: date
    raised: int
    closed: int
    false: int
    stated: float
    per_month: float
    courses: int
    run: int

    @property
    def stated_share(self) -> float | None:
        """Which part of the alerts the rules let expect to be false; at most all."""
        return min(1.0, self.stated / self.raised) if self.raised else None

    @property
    def false_share(self) -> float | None:
        """Which part of the closed ones was false; None while they are too few to say."""
        return self.false / self.closed if enough(self.closed) else None


def false_alarms() -> FalseAlarms | None:
    """Of the last year, warning lines aside; None before anybody watched."""
    newest = Watch.objects.first()
    if newest is None:
        return None
    first = newest.day - YEAR * DAY
    watched = Watch.objects.filter(day__gt=first)
    stated = watched.aggregate(n=Sum(F("courses") * F("per_day")))["n"] or 0.0
    rows = Alert.objects.filter(found_on__gt=first).exclude(signals=None)
    rows = rows.filter(signals__kind__in=("limit", "run", "change"))
    counts = rows.aggregate(
        raised=Count("pk", distinct=True),
        closed=Count("pk", distinct=True, filter=~Q(state__in=Alert.OPEN_STATES)),
        false=Count("pk", distinct=True, filter=Q(state=Alert.State.FALSE)),
    )
    begun = watched.order_by("day").values_list("day", flat=True).first() or newest.day
    return FalseAlarms(
        begun, counts["raised"], counts["closed"], counts["false"], stated,
        newest.per_day * 365.25 / 12, newest.courses, newest.run,
    )  # fmt: skip
