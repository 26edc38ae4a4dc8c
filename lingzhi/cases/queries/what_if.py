"""The clocks of a period by other limits or days: which would stand otherwise, which are kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from lingzhi.cases.models import Clock, ClockEvent, ClockTarget
from lingzhi.cases.queries.ledgers import story_of
from lingzhi.core.clock import now
from lingzhi_engine.clock import Clock as Told
from lingzhi_engine.clock import (
    Compared,
    Limit,
    NotPublished,
    NoWorkingTime,
    Outcome,
    Rule,
    Slot,
    TimeBase,
    Unit,
    WorkingTime,
    at_moment,
    what_if,
)
from lingzhi_engine.clock.attainment import Attained, Counts, Target

MOST = 1000  # clocks looked at on a page, the newest


@dataclass(frozen=True, slots=True)
class Changes:
    """What would be different: the limit of one rule, and days that would be off or worked."""

    code: str = ""
    limit: Limit | None = None
    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()

    def apply(self) -> Callable[[Rule], Rule]:
        """The change as the engine asks for it; each calendar is compiled once."""
        known: dict[int, WorkingTime] = {}

        def change(rule: Rule) -> Rule:
            if self.limit is not None and rule.version.split(" v")[0] == self.code:
                rule = replace(rule, limit=self.limit)
            if self.days_off or self.days_worked:
                time = rule.calendar
                rule = replace(rule, calendar=known.setdefault(id(time), self._days(time)))
            return rule

        return change

    def _days(self, time: WorkingTime) -> WorkingTime:
        if time.calendar is None:
            return time
        ordinary = next((slots for slots in time.calendar.week if slots), ())
        changed: Mapping[date, tuple[Slot, ...]] = {
            **time.calendar.exceptions,
            **dict.fromkeys(self.days_off, ()), **dict.fromkeys(self.days_worked, ordinary),
        }  # fmt: skip
        try:
            return WorkingTime.of(replace(time.calendar, exceptions=changed), time.zone)
        except NoWorkingTime:
            return time


@dataclass(frozen=True, slots=True)
class Answer:
    """How many clocks were looked at, those that would flip, and both sides in numbers."""

    looked_at: int
    flips: list[tuple[Clock, str, str]]
    as_is: Counts
    as_if: Counts
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """A target over the clocks of a period, with the share that kept it."""

    target: ClockTarget
    counts: Counts
    attained: Attained
    unknown: int = field(default=0)


def clocks_between(first: date, last: date, **narrow: object) -> QuerySet[Clock]:
    """Clocks with a limit that were opened on these days, the newest first, with their ledgers."""
    rows = Clock.objects.filter(
        opened_at__date__gte=first, opened_at__date__lte=last, rule__isnull=False, **narrow
    )
    return with_ledgers(rows.select_related("case", "rule").order_by("-opened_at", "-id"))


def with_ledgers(rows: QuerySet[Clock]) -> QuerySet[Clock]:
    """The clocks with the lines of their ledgers, to be replayed."""
    lines = ClockEvent.objects.select_related("rule", "calendar_version").order_by("at", "id")
    return rows.prefetch_related(Prefetch("events", lines))


def compare(clocks: Iterable[Clock], changes: Changes) -> Answer:
    """Each clock as it stands now, and as it would."""
    rows = {clock.pk: clock for clock in clocks}
    found = list(what_if(_told(rows.values()), changes.apply(), now()))
    known = [one for one in found if one.as_is is not None and one.as_if is not None]
    flips = [
        (rows[int(str(one.key))], _outcome(one.as_is), _outcome(one.as_if))
        for one in found
        if one.flips
    ]
    return Answer(
        len(found), flips, Counts.of(one.as_is.outcome for one in known if one.as_is),
        Counts.of(one.as_if.outcome for one in known if one.as_if), len(rows) - len(known),
    )  # fmt: skip


def reached(target: ClockTarget, days: int) -> Reached:
    """The target over the clocks opened within so many days."""
    last = now().date()
    narrow = {"kind": target.kind, "case__type": target.type_id, "case__channel": target.channel_id}
    wanted = {name: value for name, value in narrow.items() if value}
    clocks = list(clocks_between(last - timedelta(days=days), last, **wanted)[:MOST])
    limit = Limit(target.amount, Unit(target.unit), TimeBase.WORKING)
    outcomes = [_within(one, limit) for one in _told(clocks)]
    counts = Counts.of(one for one in outcomes if one is not None)
    attained = Target(target.percent).attained(counts)
    return Reached(target, counts, attained, len(clocks) - len(outcomes) + outcomes.count(None))


def _within(told: Told, limit: Limit) -> Outcome | None:
    compared: Compared = next(what_if([told], lambda rule: replace(rule, limit=limit), now()))
    try:
        ledger = compared.as_if and at_moment(compared.as_if, now())
    except NotPublished:
        return None
    return ledger.outcome if ledger and ledger.due.unpublished is None else None


def _told(clocks: Iterable[Clock]) -> Iterable[Told]:
    """The clocks as the engine knows them; those without a calendar are left out."""
    for clock in clocks:
        story = story_of(clock, list(clock.events.all()))
        if story is not None:
            yield Told(clock.pk, *story)


def _outcome(ledger: object) -> str:
    outcome = getattr(ledger, "outcome", None)
    return outcome.value if outcome else "unknown"
