"""A random walk of people through the services of cases, and what must hold after every step."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Case, CaseEvent, CaseType, Clock, HandOver, Serial
from lingzhi.cases.queries.ledgers import lines_of, standing_of
from lingzhi.cases.services.handing_over import accept_hand_over, ask_hand_over, return_hand_over
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.cases.services.working import assign_case, note_on_case
from lingzhi.conftest import Cast
from lingzhi.core.errors import DomainError

SAYS = [*Case.Satisfaction.values, "nonsense"]
WAYS = [*CaseEvent.Way.values, "nonsense"]


@dataclass
class Walk:
    """One case in the hands of chance. `turn` sets the clock of the program to a moment."""

    cast: Cast
    chance: random.Random
    turn: Callable[[datetime], None]
    moment: datetime
    trail: list[str] = field(default_factory=list)
    verdicts: dict[int, str] = field(default_factory=dict)
    replayed: dict[int, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turn(self.moment)
        self.opened = Case.objects.count()
        self.people = [
            self.cast.ada, self.cast.bo, self.cast.bea, self.cast.cai, self.cast.chen,
            self.cast.ines,
        ]  # fmt: skip
        codes = sorted(CaseType.objects.values_list("code", flat=True))
        by, unit = self.one(self.people), self.one([self.cast.first, self.cast.second])
        handler = by if self.chance.random() < 0.5 else None
        self.case = make_case(by=by, unit=unit, type_code=self.one(codes), handler=handler)
        self.owner = by.pk
        self.steps = sorted(self.case.version.read().transitions)

    def one(self, of: list[Any]) -> Any:
        return self.chance.choice(of)

    def step(self) -> None:
        """Time passes, somebody tries something; then everything must hold."""
        self.moment += timedelta(minutes=self.chance.choice([0, 1, 7, 45, 300, 2_000]))
        self.turn(self.moment)
        if self.chance.random() < 0.3:
            watch_clocks()
        before, audited = self._stored(), Entry.objects.count()
        act, by = self.one(ACTS), self.one(self.people)
        self.case = Case.objects.get(pk=self.case.pk)
        try:
            act(self, by)
        except DomainError as refused:
            self.trail.append(f"{act.__name__} by {by.name}: {type(refused).__name__}")
            assert self._stored() == before, "a refused act left something behind"
            assert Entry.objects.count() == audited
        else:
            self.trail.append(f"{act.__name__} by {by.name}")
            assert Entry.objects.count() > audited, "an act without its audit row"
        self.check()

    def _stored(self) -> Any:
        """Everything about the case that an act may change."""
        rows = Case.objects.filter(pk=self.case.pk).values()
        return rows[0], self.case.events.count(), HandOver.objects.count(), list(
            Clock.objects.filter(case=self.case).order_by("pk").values()
        )  # fmt: skip

    def check(self) -> None:
        """The invariants; see the test."""
        case = Case.objects.get(pk=self.case.pk)
        assert case.owner_id == self.owner
        assert case.kind == case.version.read().kind_of(case.state).value
        reopened = case.events.filter(kind=CaseEvent.Kind.REOPENED).count()
        assert case.cycle == 1 + reopened
        assert case.hand_overs.filter(answered_at=None).count() <= 1
        assert Serial.objects.get(kind="case").last == Case.objects.count() == self.opened + 1
        if case.is_closed:
            assert case.closed_at
            assert case.fed_back_at
            assert case.satisfaction
        self._check_clocks(case)

    def _check_clocks(self, case: Case) -> None:
        rows = case.clocks.select_related("rule", "calendar")
        clocks = list(rows.prefetch_related("events"))
        living = [clock for clock in clocks if clock.is_living]
        assert not (case.is_closed and living)
        assert len({clock.kind for clock in living}) == len(living)
        dues = [clock.due_at for clock in living if clock.due_at]
        assert case.next_due_at == (min(dues) if dues else None)
        assert case.is_late == any(clock.verdict == Clock.Verdict.LATE for clock in living)
        for clock in clocks:
            self._check_replayed(clock)
            assert self.verdicts.setdefault(clock.pk, clock.verdict) in ("", clock.verdict)
            self.verdicts[clock.pk] = clock.verdict
            assert (clock.ended_at is None) == clock.is_living

    def _check_replayed(self, clock: Clock) -> None:
        """What was replayed once is the same ever after while it has the same lines; only one that
        pauses changes by itself, when its wait may last no longer."""
        stored = (clock.state, clock.due_at, clock.verdict, len(clock.events.all()))
        if clock.state != Clock.State.PAUSED and self.replayed.get(clock.pk) == stored:
            return
        found = standing_of(clock, lines_of(clock))
        assert (clock.state, clock.due_at) == (found.state, found.due_at)
        assert clock.verdict or not found.verdict
        self.replayed[clock.pk] = stored


def _seen(walk: Walk) -> int:
    """The revision somebody saw: mostly the one there is."""
    return walk.case.revision - (walk.chance.random() < 0.1)


def _words(walk: Walk) -> str:
    return "" if walk.chance.random() < 0.1 else "客户要求"


def move(walk: Walk, by: User) -> None:
    flow = walk.case.version.read()
    fitting = [one.code for one in flow.from_state(walk.case.state)]
    code = walk.one(fitting if fitting and walk.chance.random() < 0.8 else walk.steps)
    move_case(walk.case, code, seen=_seen(walk), reason=_words(walk), by=by)


def note(walk: Walk, by: User) -> None:
    note_on_case(walk.case, _words(walk), by=by)


def assign(walk: Walk, by: User) -> None:
    assign_case(walk.case, walk.one(walk.people), seen=_seen(walk), by=by)


def tell(walk: Walk, by: User) -> None:
    hours = timedelta(hours=walk.chance.choice([-1, 2, 30]))
    told = Told(_words(walk), walk.one([None, walk.moment + hours]), walk.one(WAYS))
    tell_customer(walk.case, told, seen=_seen(walk), by=by)


def answer(walk: Walk, by: User) -> None:
    record_answer(walk.case, walk.one(SAYS), objection=_words(walk), seen=_seen(walk), by=by)


def hand_over(walk: Walk, by: User) -> None:
    unit = walk.one([walk.cast.first, walk.cast.second, walk.cast.hotline])
    ask_hand_over(walk.case, unit, reason=_words(walk), seen=_seen(walk), by=by)


def accept(walk: Walk, by: User) -> None:
    accept_hand_over(_last_offer(walk), by=by)


def send_back(walk: Walk, by: User) -> None:
    return_hand_over(_last_offer(walk), reason=_words(walk), by=by)


class NothingOffered(DomainError):
    message = "nothing was offered"


def _last_offer(walk: Walk) -> HandOver:
    offer = walk.case.hand_overs.select_related("case__unit", "unit", "asked_by").last()
    if offer is None:
        raise NothingOffered()
    return offer


ACTS = [move, move, move, move, note, assign, tell, tell, answer, hand_over, accept, send_back]
