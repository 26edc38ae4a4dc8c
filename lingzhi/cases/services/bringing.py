"""Tickets of other systems become cases, many at a time, with every invariant of a case.

Nothing is announced and nobody is told: what is imported happened long ago. The import itself is
the audit row. A case gets its number here like any other; its number there stands beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import (
    Case,
    CaseEvent,
    CaseType,
    Clock,
    ClockEvent,
    ClockKind,
    ClockRule,
    FlowVersion,
    ImportedCase,
)
from lingzhi.cases.queries.ledgers import standing_of
from lingzhi.cases.queries.people import leaders_below, leaders_of
from lingzhi.cases.services.numbering import take_numbers
from lingzhi.cases.services.words import kept
from lingzhi.core.clock import FIRST_DAY
from lingzhi.core.errors import DomainError
from lingzhi.core.intake import Published
from lingzhi.imports.models import Batch
from lingzhi.org.models import Unit
from lingzhi_engine.flow import Flow, Kind

# The steps of events that only say so; the log of the other system may tell no more.
REASSIGNED, REOPENED = "reassigned", "reopened"


class NobodyAnswers(DomainError):
    message = _("Name who is first responsible: nobody assigns cases in this unit.")


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the other system's log. `state` is a Case.Kind where it says one, `mark` its own
    word for it."""

    kind: str
    at: datetime
    text: str
    state: str
    mark: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as it stood at the end; `type`, `unit` and `owner` are keys here."""

    number: str
    title: str
    type: int
    state: str
    opened_at: datetime
    solved_at: datetime | None
    told_at: datetime | None
    closed_at: datetime | None
    satisfaction: str | None
    unit: int | None
    owner: int | None
    priority: int | None
    description: str | None
    demand: str | None
    reassigned: int | None
    reopened: int | None
    limit_hours: int | None
    kept_limit: bool | None
    history: tuple[Happening, ...] = ()


def bring_cases(source: str, tickets: Sequence[Ticket], batch: Batch) -> Published:
    """Cases for the tickets of a group; one that came before stays as it is."""
    outcome = Published()
    known = set(
        ImportedCase.objects.filter(
            source=source, external_id__in=[one.number for one in tickets]
        ).values_list("external_id", flat=True)
    )
    outcome.known += [one.number for one in tickets if one.number in known]
    fresh = [one for one in tickets if one.number not in known]
    if not fresh:
        return outcome
    ground = _Ground(fresh, batch)
    cases = _cases(fresh, ground)
    Case.objects.bulk_create(cases)
    pairs = list(zip(cases, fresh, strict=True))
    ImportedCase.objects.bulk_create(
        ImportedCase(
            case=case, source=source, external_id=one.number, batch=batch,
            kept_limit=one.kept_limit,
        )
        for case, one in pairs
    )  # fmt: skip
    flows = ground.flows
    CaseEvent.objects.bulk_create(
        event for case, one in pairs for event in _events(case, one, flows[case.type.flow_id])
    )
    _judge(pairs)
    outcome.new += [case.pk for case in cases]
    return outcome


class _Ground:
    """What the cases of a group stand on, each read once."""

    def __init__(self, tickets: Sequence[Ticket], batch: Batch) -> None:
        self.types = CaseType.objects.in_bulk({one.type for one in tickets})
        flows = {one.flow_id for one in self.types.values()}
        active = FlowVersion.objects.filter(flow__in=flows, state=FlowVersion.State.ACTIVE)
        self.versions = {one.flow_id: one for one in active}
        self.flows = {key: one.read() for key, one in self.versions.items()}
        self.root = Unit.objects.filter(parent=None).earliest("pk")
        self.units = Unit.objects.in_bulk({one.unit for one in tickets if one.unit})
        self.by = batch.created_by
        self._leaders: dict[int, User] = {}

    def unit_of(self, ticket: Ticket) -> Unit:
        """The unit it names, else the whole company."""
        return self.units[ticket.unit] if ticket.unit else self.root

    def responsible(self, unit: Unit) -> User:
        """Who answers where the file names nobody: who brought it in, else who assigns there."""
        if self.by is not None:
            return self.by
        if unit.pk not in self._leaders:
            found = [*leaders_of(unit), *leaders_below(unit)[:1]]
            if not found:
                raise NobodyAnswers()
            self._leaders[unit.pk] = found[0]
        return self._leaders[unit.pk]


def _cases(tickets: Sequence[Ticket], ground: _Ground) -> list[Case]:
    numbers = take_numbers("case", len(tickets))
    return [_case(one, number, ground) for one, number in zip(tickets, numbers, strict=True)]


def _case(one: Ticket, number: str, ground: _Ground) -> Case:
    type_, unit = ground.types[one.type], ground.unit_of(one)
    owner = one.owner or ground.responsible(unit).pk
    is_closed = one.state == Case.Kind.CLOSED
    is_over = is_closed or one.state == Case.Kind.SOLVED
    return Case(
        number=number, type=type_, version=ground.versions[type_.flow_id],
        state=state_for(ground.flows[type_.flow_id], one.state), kind=one.state,
        cycle=1 + (one.reopened or 0), case_class=type_.case_class,
        priority=one.priority or type_.priority, level=type_.level, unit=unit, owner_id=owner,
        handler_id=owner, title=kept(one.title, 120),
        description=kept(one.description or "", 10_000),
        demand=kept(one.demand or "", 500), opened_at=one.opened_at, opened_by_id=owner,
        solved_at=(one.solved_at or one.closed_at) if is_over else None,
        fed_back_at=one.told_at if is_over else None,
        satisfaction=(one.satisfaction or "") if is_closed else "",
        closed_at=one.closed_at if is_closed else None, closed_by_id=owner if is_closed else None,
    )  # fmt: skip


def state_for(flow: Flow, kind: str) -> str:
    """The state of a flow that means `kind`: the last one in which work goes on, else the first."""
    found = [code for code, state in flow.states.items() if state.kind is Kind(kind)]
    return found[-1] if kind == Kind.OPEN else found[0]


def _events(case: Case, one: Ticket, flow: Flow) -> Iterator[CaseEvent]:
    """The life cycle: the log line by line where there is one, else what the ticket itself says."""
    state = flow.begins
    for told in one.history or _bare_history(one):
        target = state_for(flow, told.state) if told.state else state
        moves = told.kind in (CaseEvent.Kind.MOVED, CaseEvent.Kind.REOPENED)
        yield CaseEvent(
            case=case, kind=told.kind, at=told.at, text=kept(told.text, 2000), step=told.mark[:40],
            from_state=state if moves else "", to_state=target if moves else "",
        )  # fmt: skip
        state = target


def _bare_history(one: Ticket) -> Iterable[Happening]:
    """Opened, reassigned, reopened, solved, closed: as often as the ticket counts it."""
    kinds = CaseEvent.Kind
    yield Happening(kinds.OPENED, one.opened_at, "", "", "")
    for _number in range(one.reassigned or 0):
        yield Happening(kinds.ASSIGNED, one.opened_at, "", "", REASSIGNED)
    for _number in range(one.reopened or 0):
        yield Happening(kinds.REOPENED, one.opened_at, "", Case.Kind.OPEN, "")
    if one.solved_at:
        yield Happening(kinds.MOVED, one.solved_at, "", Case.Kind.SOLVED, "")
    if one.closed_at and one.state == Case.Kind.CLOSED:
        yield Happening(kinds.MOVED, one.closed_at, "", Case.Kind.CLOSED, "")


def _judge(pairs: Sequence[tuple[Case, Ticket]]) -> None:
    """The limit each ticket had, measured until it was closed, by the same ledger as any clock."""
    limited = [(case, one) for case, one in pairs if one.limit_hours]
    rules = _rules({one.limit_hours or 0 for _case, one in limited})
    clocks, ledgers = [], []
    for case, one in limited:
        clock = Clock(
            case=case, kind=ClockKind.RESOLUTION, rule=rules[one.limit_hours or 0],
            cycle=case.cycle, opened_at=one.opened_at,
        )  # fmt: skip
        kind = ClockEvent.Kind.OPENED
        events = [ClockEvent(clock=clock, kind=kind, at=one.opened_at, rule=clock.rule)]
        if one.closed_at and case.is_closed:
            events.append(ClockEvent(clock=clock, kind=ClockEvent.Kind.MET, at=one.closed_at))
            clock.ended_at = one.closed_at
        found = standing_of(clock, events)
        clock.state, clock.due_at, clock.warn_at = found.state, found.due_at, found.warn_at
        clock.verdict, clock.judged_at = found.verdict, found.judged_at
        clock.warned_at = clock.told_at = found.due_at  # nobody is told of it any more
        clocks.append(clock)
        ledgers.append(events)
    Clock.objects.bulk_create(clocks)
    ClockEvent.objects.bulk_create(event for events in ledgers for event in events)


def _rules(hours: set[int]) -> dict[int, ClockRule]:
    """A rule for each limit, round the clock and without pauses; none is in force for new cases."""
    ClockRule.objects.bulk_create(
        (
            ClockRule(
                code=f"imported_{limit}h", kind=ClockKind.RESOLUTION, amount=limit,
                unit=ClockRule.UnitOfTime.HOURS, base=ClockRule.Base.ROUND_THE_CLOCK,
                stops_when_waiting=False, from_on=FIRST_DAY, to_on=FIRST_DAY,
            )
            for limit in sorted(hours)
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    found = ClockRule.objects.filter(code__in=[f"imported_{limit}h" for limit in hours])
    return {one.amount: one for one in found}
