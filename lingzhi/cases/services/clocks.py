"""Starting, stopping and ending the clocks of a case. Each act is a line of the clock's ledger."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Min, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Clock, ClockEvent, ClockKind
from lingzhi.cases.queries.ledgers import Times, standing_of
from lingzhi.cases.queries.rules import rules_for
from lingzhi.core.clock import now, today
from lingzhi.notifications.services import settle_matter
from lingzhi.org.models import Unit
from lingzhi.org.queries import calendar_of

NOTICES = ("warned", "late")
Kind, Act = ClockKind, ClockEvent.Kind
AT_OPENING = (Kind.FIRST_RESPONSE, Kind.INVESTIGATION, Kind.PROPOSAL, Kind.RESOLUTION)


def start_clocks(
    case: Case, kinds: Collection[str], *, unit: Unit | None = None, by: User | None
) -> None:
    """Start a clock of each kind for which a rule holds, unless one is living.

    It counts the business time of `unit`, else of the unit of the case.
    """
    living = set(_living(case).values_list("kind", flat=True))
    rules = rules_for(case, [kind for kind in kinds if kind not in living], today())
    calendar = calendar_of(unit or case.unit) if rules else None
    _open(
        [Clock(case=case, kind=kind, rule=rule, calendar=calendar) for kind, rule in rules.items()],
        case, by=by,
    )  # fmt: skip


def start_promise(case: Case, promised_at: datetime, *, by: User | None) -> None:
    """The customer was told a time (承诺时限): it has a clock of its own."""
    _open([Clock(case=case, kind=Kind.PROMISE, promised_at=promised_at)], case, by=by)


def meet_clocks(case: Case, kinds: Collection[str], *, reason: str = "", by: User | None) -> None:
    """What these clocks waited for was done now: each gets its verdict."""
    _add(_living(case).filter(kind__in=kinds), Act.MET, reason, by)


def call_off_clocks(
    case: Case, kinds: Collection[str] | None = None, *, reason: str = "", by: User | None
) -> None:
    """Nobody waits for these any more, by default for none of the case. Late stays late."""
    rows = _living(case)
    _add(rows if kinds is None else rows.filter(kind__in=kinds), Act.CANCELLED, reason, by)


def pause_clocks(case: Case, *, reason: str, by: User | None) -> None:
    """The case waits for somebody outside: clocks whose rule says so stop."""
    rows = _living(case).filter(state=Clock.State.RUNNING, rule__stops_when_waiting=True)
    _add(rows, Act.PAUSED, reason, by)


def resume_clocks(case: Case, *, reason: str = "", by: User | None) -> None:
    """The wait is over."""
    _add(_living(case).filter(state=Clock.State.PAUSED), Act.RESUMED, reason, by)


def repeat_dues(case: Case) -> None:
    """Write onto the case what its living clocks say: the nearest due time, and whether late."""
    living = _living(case)
    nearest = living.aggregate(nearest=Min("due_at"))["nearest"]
    is_late = living.filter(verdict=Clock.Verdict.LATE).exists()
    Case.objects.filter(pk=case.pk).update(next_due_at=nearest, is_late=is_late)


def reckon(clock: Clock, times: Times) -> None:
    """Replay the ledger and keep where the clock stands. A verdict that fell is never changed."""
    found = standing_of(clock, clock.events.all(), times)
    rows = Clock.objects.filter(pk=clock.pk)
    rows.update(
        state=found.state,
        due_at=found.due_at,
        warn_at=found.warn_at,
        unpublished_on=found.unpublished_on,
    )
    if found.verdict:
        rows.filter(verdict="").update(verdict=found.verdict, judged_at=found.judged_at)


def _living(case: Case) -> QuerySet[Clock]:
    rows = Clock.objects.filter(case=case).exclude(state=Clock.State.ENDED)
    return rows.select_related("rule", "calendar")


def _open(clocks: Sequence[Clock], case: Case, *, by: User | None) -> None:
    """Start these clocks now, each with the first line of its ledger and where it stands by it."""
    if not clocks:
        return
    at, times = now(), Times()
    given = Clock.objects.filter(case=case, kind__in=[clock.kind for clock in clocks])
    numbers = Counter(given.order_by().values_list("kind", flat=True))
    events = []
    for clock in clocks:
        clock.number = numbers[clock.kind] + 1
        clock.cycle, clock.opened_at = case.cycle, at
        event = ClockEvent(clock=clock, kind=Act.OPENED, at=at, by=by)
        found = standing_of(clock, [event], times)
        clock.state, clock.due_at, clock.warn_at = found.state, found.due_at, found.warn_at
        clock.unpublished_on = found.unpublished_on
        events.append(event)
    Clock.objects.bulk_create(clocks)
    ClockEvent.objects.bulk_create(events)


def _add(clocks: Iterable[Clock], kind: str, reason: str, by: User | None) -> None:
    """One line more in the ledger of each clock, and where it stands then."""
    times, at = Times(), now()
    ends = kind in (Act.MET, Act.CANCELLED)
    for clock in list(clocks):
        ClockEvent.objects.create(clock=clock, kind=kind, at=at, reason=reason[:500], by=by)
        reckon(clock, times)
        if ends:
            Clock.objects.filter(pk=clock.pk).update(ended_at=at)
            for word in NOTICES:
                settle_matter(matter_of_clock(clock, word))


def matter_of_clock(clock: Clock, word: str) -> str:
    """The name under which notices about a clock are open; `word` is one of NOTICES."""
    return f"cases.clock/{clock.pk}/{word}"
