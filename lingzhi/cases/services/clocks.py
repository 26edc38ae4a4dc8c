"""Starting, stopping and ending the clocks of a case. Each act is a line of the clock's ledger."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Prefetch, Q, QuerySet
from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseMerge, Clock, ClockEvent, ClockKind, WorkOrder
from lingzhi.cases.queries.ledgers import lines_of, standing_of
from lingzhi.cases.queries.rules import rules_for
from lingzhi.cases.services.calendars import version_of
from lingzhi.core.clock import now
from lingzhi.notifications.services import settle_matter
from lingzhi.org.models import Unit
from lingzhi.org.queries import calendar_of

NOTICES = ("warned", "late")
Kind, Act = ClockKind, ClockEvent.Kind
AT_OPENING = (
    Kind.FIRST_RESPONSE, Kind.INVESTIGATION, Kind.PROPOSAL, Kind.RESOLUTION, Kind.LEVEL,
)  # fmt: skip


def start_clocks(
    case: Case,
    kinds: Collection[str],
    *,
    unit: Unit | None = None,
    order: WorkOrder | None = None,
    by: User | None,
) -> None:
    """Start a clock of each kind for which a rule holds, unless one is living.

    It counts the business time of `unit`, else of the unit of the case. `order` is the work order
    that it is of; each has clocks of its own. The rules are those that were in force when the case
    was opened: a later version is for later cases.
    """
    living = set(living_clocks(case).filter(order=order).values_list("kind", flat=True))
    rules = rules_for(case, [kind for kind in kinds if kind not in living], opened_on(case))
    calendar = calendar_of(unit or case.unit) if rules else None
    version = version_of(calendar) if calendar else None
    clocks = [
        Clock(
            case=case, order=order, kind=kind, rule=rule, calendar=calendar,
            calendar_version=version,
        )
        for kind, rule in rules.items()
    ]  # fmt: skip
    _open(clocks, case, by=by)


def opened_on(case: Case) -> date:
    """The day whose rules hold for the case as long as it lives."""
    return timezone.localdate(case.opened_at)


def start_promise(
    case: Case,
    promised_at: datetime,
    *,
    kind: str = Kind.PROMISE,
    order: WorkOrder | None = None,
    by: User | None,
) -> None:
    """A time was told (承诺时限) or set: it has a clock of its own, by default the customer's."""
    _open([Clock(case=case, order=order, kind=kind, promised_at=promised_at)], case, by=by)


def meet_clocks(
    case: Case,
    kinds: Collection[str],
    *,
    order: WorkOrder | None = None,
    reason: str = "",
    by: User | None,
) -> None:
    """What these clocks waited for was done now: each gets its verdict."""
    rows = _all_living(case).filter(kind__in=kinds)
    _add(rows if order is None else rows.filter(order=order), Act.MET, reason, by)


def call_off_order(order: WorkOrder, *, reason: str, by: User | None) -> None:
    """Nobody waits for this work order any more. Late stays late."""
    _add(living_clocks(order.case).filter(order=order), Act.CANCELLED, reason, by)


def call_off_clocks(
    case: Case, kinds: Collection[str] | None = None, *, reason: str = "", by: User | None
) -> None:
    """Nobody waits for these any more, by default for none of the case. Late stays late."""
    rows = _all_living(case)
    _add(rows if kinds is None else rows.filter(kind__in=kinds), Act.CANCELLED, reason, by)


def pause_clocks(case: Case, *, reason: str, by: User | None) -> None:
    """The case waits for somebody outside: clocks whose rule says so stop.

    Where the rule wants approval, the wait is noted and the clock counts on until somebody agrees.
    """
    rows = _all_living(case).filter(state=Clock.State.RUNNING, rule__stops_when_waiting=True)
    for waits_for_approval in (False, True):
        some = rows.filter(rule__pause_needs_approval=waits_for_approval)
        _add(some, Act.PAUSED, reason, by, gives_back=not waits_for_approval)


def resume_clocks(case: Case, *, reason: str = "", by: User | None) -> None:
    """The wait is over, whether it stopped the clock to the end or had used up its cap."""
    turns = ClockEvent.objects.filter(kind__in=(Act.PAUSED, Act.RESUMED)).order_by("at", "id")
    rows = _all_living(case).prefetch_related(Prefetch("events", turns, to_attr="turns"))
    waiting = [one for one in rows if one.turns and one.turns[-1].kind == Act.PAUSED]
    _add(waiting, Act.RESUMED, reason, by)


def change_terms(clocks: Iterable[Clock], *, reason: str, by: User | None) -> None:
    """From now on each goes by the `rule` and `calendar_version` that it has in memory.

    What was judged stays; the new terms judge the cycle from its begin, with all its waits.
    """
    for clock in clocks:
        Clock.objects.filter(pk=clock.pk).update(
            rule=clock.rule, calendar=clock.calendar, calendar_version=clock.calendar_version
        )
        terms = {"rule": clock.rule, "calendar_version": clock.calendar_version}
        _add([clock], Act.RULE_CHANGED, reason, by, **terms)


def extend_clock(clock: Clock, *, amount: int, unit: str, reason: str, by: User | None) -> None:
    """More time was approved (延期), counted from when it would have been over. Late stays late."""
    _add([clock], Act.EXTENDED, reason, by, amount=amount, unit=unit)


def repeat_dues(case: Case) -> None:
    """Write onto the case what its living clocks say: the nearest due time, and whether late."""
    living = _all_living(case)
    nearest = living.aggregate(nearest=Min("due_at"))["nearest"]
    is_late = living.filter(verdict=Clock.Verdict.LATE).exists()
    Case.objects.filter(pk=case.pk).update(next_due_at=nearest, is_late=is_late)


def reckon(clock: Clock) -> None:
    """Replay the ledger and keep where the clock stands. A verdict that fell is never changed."""
    found = standing_of(clock, lines_of(clock))
    rows = Clock.objects.filter(pk=clock.pk)
    rows.update(
        state=found.state,
        due_at=found.due_at,
        warn_at=found.warn_at,
        unpublished_on=found.unpublished_on,
        wakes_at=found.wakes_at,
        is_planned=False,
    )
    if found.verdict:
        rows.filter(verdict="").update(
            verdict=found.verdict, judged_at=found.judged_at,
            was_over_before=found.was_over_before,
        )  # fmt: skip


def living_clocks(case: Case) -> QuerySet[Clock]:
    """Its clocks that nothing has ended."""
    rows = Clock.objects.filter(case=case).exclude(state=Clock.State.ENDED)
    return rows.select_related("rule", "calendar", "calendar_version")


def _all_living(case: Case) -> QuerySet[Clock]:
    """Those of the case and of all that were merged into it."""
    absorbed = CaseMerge.objects.filter(kept=case, undone_at=None).values("merged")
    rows = Clock.objects.filter(Q(case=case) | Q(case__in=absorbed))
    rows = rows.exclude(state=Clock.State.ENDED)
    return rows.select_related("rule", "calendar", "calendar_version")


def _open(clocks: Sequence[Clock], case: Case, *, by: User | None) -> None:
    """Start these clocks now, each with the first line of its ledger and where it stands by it."""
    if not clocks:
        return
    at = now()
    given = Clock.objects.filter(case=case, kind__in=[clock.kind for clock in clocks])
    numbers = Counter(given.order_by().values_list("kind", flat=True))
    events = []
    for clock in clocks:
        clock.number = numbers[clock.kind] + 1
        clock.cycle, clock.opened_at = case.cycle, at
        event = ClockEvent(
            clock=clock, kind=Act.OPENED, at=at, by=by, rule=clock.rule,
            calendar_version=clock.calendar_version,
        )  # fmt: skip
        found = standing_of(clock, [event])
        clock.state, clock.due_at, clock.warn_at = found.state, found.due_at, found.warn_at
        clock.unpublished_on, clock.wakes_at = found.unpublished_on, found.wakes_at
        events.append(event)
    Clock.objects.bulk_create(clocks)
    ClockEvent.objects.bulk_create(events)


def _add(clocks: Iterable[Clock], kind: str, reason: str, by: User | None, **terms: Any) -> None:
    """One line more in the ledger of each clock, and where it stands then."""
    at = now()
    ends = kind in (Act.MET, Act.CANCELLED)
    for clock in list(clocks):
        ClockEvent.objects.create(
            clock=clock, kind=kind, at=at, reason=reason[:500], by=by, **terms
        )
        reckon(clock)
        if ends:
            Clock.objects.filter(pk=clock.pk).update(ended_at=at)
            _settle(clock)


def _settle(clock: Clock) -> None:
    """What people were told about the clock is done with."""
    for word in NOTICES:
        settle_matter(matter_of_clock(clock, word))
    for key in clock.alarms.exclude(fired_at=None).values_list("pk", flat=True):
        settle_matter(matter_of_alarm(key))


def matter_of_alarm(key: int) -> str:
    """The name under which notices about a level that was reached are open."""
    return f"cases.alarm/{key}"


def matter_of_clock(clock: Clock, word: str) -> str:
    """The name under which notices about a clock are open; `word` is one of NOTICES."""
    return f"cases.clock/{clock.pk}/{word}"
