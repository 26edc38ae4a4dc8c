"""Which clocks kept the time limit of a clause, and which did not.

A clock that goes by the clause's own limit has its verdict. Any other, because it began before the
clause or because a limit of the house is stricter, is replayed by the limit of the clause. The day
is that on which it was due. What no clock says (the calendar is not published, the case waits) is
unknown, on the day it began.

A case keeps the limit under which it was opened: one that was opened under an earlier version, or
before or in a pilot, and is due now counts now, by the limit of then. One that was opened before
the clause was there at all is only looked back at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from lingzhi.cases.models import Clock, ClockKind, ClockRule
from lingzhi.cases.queries.clauses import BROKEN, KEPT, UNKNOWN, Judged, bound
from lingzhi.cases.queries.handling import handling_judged
from lingzhi.cases.queries.ledgers import story_of
from lingzhi.cases.queries.what_if import with_ledgers
from lingzhi.core.clock import midnight, now
from lingzhi.core.controls import Binding
from lingzhi.rulebook.queries import controls_in_force
from lingzhi_engine.clock import Clock as Told
from lingzhi_engine.clock import Ledger, Limit, NotPublished, Outcome, Rule, at_moment, what_if

DAY = timedelta(days=1)
CLOCKS = {
    "first_response": ClockKind.FIRST_RESPONSE, "periodic_update": ClockKind.UPDATE,
    "own": ClockKind.OWN, "hand_over": ClockKind.HAND_OVER,
    "investigation": ClockKind.INVESTIGATION, "proposal": ClockKind.PROPOSAL,
    "resolution": ClockKind.RESOLUTION, "feedback": ClockKind.FEEDBACK,
    "promise": ClockKind.PROMISE,
}  # fmt: skip
HANDLING = "handling"
Of = ClockRule.UnitOfTime
Base = ClockRule.Base
# How a unit is counted by a clock: so many of another one, and which time counts.
UNITS: Mapping[str, tuple[float, Of, Base]] = {
    "seconds": (1 / 60, Of.MINUTES, Base.ROUND_THE_CLOCK),
    "minutes": (1, Of.MINUTES, Base.ROUND_THE_CLOCK),
    "hours": (1, Of.HOURS, Base.ROUND_THE_CLOCK),
    "days": (1, Of.DAYS, Base.ROUND_THE_CLOCK),
    "weeks": (7, Of.DAYS, Base.ROUND_THE_CLOCK),
    "working_hours": (1, Of.HOURS, Base.WORKING),
    "working_days": (1, Of.WORKING_DAYS, Base.WORKING),
}
SMALLER = {Of.HOURS: (60, Of.MINUTES)}
IN_DAYS = {Of.MINUTES: 1 / 1440, Of.HOURS: 1 / 8, Of.DAYS: 1, Of.WORKING_DAYS: 2}
WAITS_DAYS = 60  # how long before its due day a clock is looked for: the limit, and waits
LONGEST = timedelta(days=400)  # so old a case may be whose limit is not over when another comes


def unit_of(values: Mapping[str, Any]) -> tuple[int, Of, Base] | None:
    """The limit as clocks count it; None where that is no whole number of minutes."""
    factor, unit, base = UNITS[values.get("limit_unit") or "hours"]
    amount = values["limit"] * factor
    if amount != int(amount) and unit in SMALLER:
        times, unit = SMALLER[unit]
        amount = amount * times
    return (int(amount), unit, base) if amount == int(amount) and amount > 0 else None


def terms_of(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The limit of a clause as fields of a ClockRule; None where it has none that clocks count.

    24 hours are hours of the day; days last until the close of the last one.
    """
    found = unit_of(values) if values.get("limit") is not None else None
    if found is None:
        return None
    amount, unit, base = found
    return {
        "amount": amount, "unit": unit, "base": base,
        "ends_with_day": unit in (Of.DAYS, Of.WORKING_DAYS),
        "is_inclusive": not values.get("is_strict"),
    }  # fmt: skip


def limits_judged(binding: Binding, first: date, last: date) -> Iterator[Judged]:
    """Every clock that the clause is about and that was due on these days."""
    clock = binding.values["clock"]
    if clock == HANDLING:
        yield from handling_judged(binding, first, last)
        return
    if clock not in CLOCKS:
        return
    rows = Clock.objects.filter(bound(binding, "case__"), kind=CLOCKS[clock])
    rows = rows.filter(was_over_before=False).exclude(verdict=Clock.Verdict.CANCELLED)
    rows = rows.select_related("case__unit", "rule")
    if clock == "promise":
        yield from map(_as_judged, _due(rows, first, last))
        return
    if terms_of(binding.values) is None:
        return
    yield from map(_as_judged, _due(rows.filter(_own(binding)), first, last))
    rest, begin = rows.exclude(_own(binding)), midnight(binding.from_on)
    opened = rest.filter(case__opened_at__gte=begin)
    yield from _replayed(opened, binding, first, last)
    if first - LONGEST > binding.from_on:  # whatever was opened before it is over
        return
    older = rest.filter(case__opened_at__lt=begin)
    yield from _replayed(older, binding, first, min(last, binding.from_on - DAY))
    yield from _begun_before(older, binding, max(first, binding.from_on), last)


def _own(binding: Binding) -> Q:
    """The clocks that go by this limit of the clause, whichever version of it laid it."""
    same = {f"rule__{name}": value for name, value in (terms_of(binding.values) or {}).items()}
    return Q(rule__control_id__isnull=False, rule__reference=binding.reference[:120], **same)


def _begun_before(
    rows: QuerySet[Clock], binding: Binding, first: date, last: date
) -> Iterator[Judged]:
    """Those of cases opened while the clause said something else, or elsewhere: in another
    version, before a pilot or in it. They keep the limit of then, on the day they are due by it.
    """
    for line in _before(binding):
        mine = rows.filter(
            bound(line, "case__"), case__opened_at__gte=midnight(line.from_on),
            case__opened_at__lt=midnight((line.to_on or last) + DAY),
        )  # fmt: skip
        yield from map(_as_judged, _due(mine.filter(_own(line)), first, last))
        yield from _replayed(mine.exclude(_own(line)), line, first, last)


def _before(binding: Binding) -> Iterator[Binding]:
    """What the same clause demanded of the same kind of clock up to the day before."""
    begin = binding.from_on
    for one in controls_in_force(begin - LONGEST, begin, kind=binding.kind):
        is_same = (one.reference, one.channels) == (binding.reference, binding.channels)
        is_over = one.to_on is not None and one.to_on < begin
        same_clock = one.values["clock"] == binding.values["clock"]
        if is_same and is_over and same_clock and terms_of(one.values) is not None:
            yield one


def _due(rows: QuerySet[Clock], first: date, last: date) -> Iterator[Clock]:
    """Those that were due then, were judged without a due time, or began then and are unknown."""
    begin, end = midnight(first), midnight(last + DAY)
    span = {"gte": begin, "lt": end}
    wanted = Q(**{f"due_at__{name}": value for name, value in span.items()})
    judged = {f"judged_at__{name}": value for name, value in span.items()}
    opened = {f"opened_at__{name}": value for name, value in span.items()}
    wanted |= Q(due_at=None) & (Q(**judged) | Q(verdict="", **opened))
    for clock in rows.filter(wanted):
        if clock.verdict or clock.due_at is None or clock.due_at < now():
            yield clock


def _as_judged(clock: Clock) -> Judged:
    """By its own verdict; one whose time is over and whose watcher was slow is late."""
    at = clock.due_at or clock.judged_at
    if at is None:
        return _judged(clock, clock.opened_at, UNKNOWN)
    return _judged(clock, at, KEPT if clock.verdict == Clock.Verdict.MET else BROKEN)


def _judged(clock: Clock, at: datetime, verdict: str) -> Judged:
    day = timezone.localdate(at)
    return Judged(day, clock.case.unit.path, verdict, clock.case_id, at=at, clock_id=clock.pk)


def _replayed(rows: QuerySet[Clock], line: Binding, first: date, last: date) -> Iterator[Judged]:
    """Those that go by another limit, as they would stand by this one, where due on these days."""
    if first > last:
        return
    limit = ClockRule(**(terms_of(line.values) or {})).limit
    before = timedelta(days=WAITS_DAYS + limit.amount * IN_DAYS[Of(limit.unit.value)])
    begin, end = midnight(first) - before, midnight(last + DAY)
    for clock in with_ledgers(rows.filter(opened_at__gte=begin, opened_at__lt=end)).iterator(500):
        at, verdict = _by(limit, clock)
        if verdict and first <= timezone.localdate(at) <= last:
            yield _judged(clock, at, verdict)


def _by(limit: Limit, clock: Clock) -> tuple[datetime, str]:
    """When it would be due by a limit, and how it would be judged; "" not yet, or never."""
    story = story_of(clock, list(clock.events.all()))
    is_lost = limit.base.value == Base.WORKING and clock.calendar_version_id is None
    if story is None or is_lost:
        return clock.opened_at, UNKNOWN

    def other(rule: Rule) -> Rule:
        return replace(rule, limit=limit)

    try:
        compared = next(what_if([Told(clock.pk, *story)], other, now()))
        ledger = compared.as_if and at_moment(compared.as_if, now())
    except NotPublished:
        ledger = None
    return (clock.opened_at, UNKNOWN) if ledger is None else _read(clock, ledger)


def _read(clock: Clock, ledger: Ledger) -> tuple[datetime, str]:
    at = ledger.due_at or clock.opened_at
    if ledger.state is Outcome.CANCELLED and not ledger.is_late:
        return at, ""
    if ledger.is_late:
        return at, BROKEN
    if ledger.due_at is None or ledger.due.unpublished is not None:
        return clock.opened_at, UNKNOWN
    return at, KEPT if ledger.state is Outcome.MET else ""
