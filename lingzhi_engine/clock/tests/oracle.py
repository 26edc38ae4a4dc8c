"""An independent answer to what a clock counted: a walk through local time, minute by minute.

It shares no code with what it checks: weeks are lists of pairs of minutes, moments are seconds
since 1970, what happens is a list of tuples. It knows no sums and no searches: it looks at the
clock on the wall each minute and counts. Where a rule changes, it walks again from the begin.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

Slots = list[tuple[int, int]]  # minutes since midnight, the end not included
Happening = tuple[int, str, int]
NEVER = 10**12
SET_BACK_WITHIN = 3 * 3600  # seconds: wall clocks are set back by less


class Beyond(Exception):
    """The walk has left the published days."""


@dataclass
class Days:
    """Which minutes of which local day are worked, up to and with the day `last`."""

    week: list[Slots]
    changed: dict[date, Slots]
    last: date
    zone: ZoneInfo
    minutes: dict[date, bytearray] = field(default_factory=dict)

    def slots(self, day: date) -> Slots:
        if day > self.last:
            raise Beyond
        return self.changed.get(day, self.week[day.weekday()])

    def is_open(self, wall: datetime) -> bool:
        day = wall.date()
        if day not in self.minutes:
            self.minutes[day] = bytearray(24 * 60)
            for start, end in self.slots(day):
                self.minutes[day][start:end] = b"\1" * (end - start)
        return bool(self.minutes[day][wall.hour * 60 + wall.minute])

    def wall(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self.zone).replace(tzinfo=None)

    def furthest(self, at: int) -> datetime:
        """The latest time the wall clock has shown by now: it may just have been set back."""
        early = at - SET_BACK_WITHIN
        if self.wall(at) - self.wall(early) == timedelta(seconds=SET_BACK_WITHIN):
            return self.wall(at)
        return max(self.wall(past) for past in (*range(early, at, 60), at))

    def walk(self, start: int, end: int | None) -> Iterator[tuple[int, int, bool]]:
        """Minute by minute: from, to, whether it is worked. The first and last may be shorter."""
        at, reached = start, self.furthest(start)
        while end is None or at < end:
            following = at - at % 60 + 60
            if end is not None and following > end:
                following = end
            reached = max(reached, self.wall(at))
            yield at, following, self.is_open(reached)
            at = following


class RoundTheClock(Days):
    def is_open(self, wall: datetime) -> bool:
        return True


@dataclass
class Terms:
    """What a rule says, in plain values. `unit` is seconds, days or working_days."""

    days: Days
    amount: int
    unit: str
    ends_with_day: bool
    is_inclusive: bool
    cap: int | None

    def too_late(self, at: int, due: int) -> bool:
        return at > due if self.is_inclusive else at >= due


def count(days: Days, start: int, end: int) -> int:
    return sum(b - a for a, b, is_open in days.walk(start, end) if is_open)


def find(days: Days, start: int, seconds: int) -> int:
    """When so many worked seconds are over."""
    if not seconds:
        return start
    for a, b, is_open in days.walk(start, None):
        if is_open:
            if seconds <= b - a:
                return a + seconds
            seconds -= b - a
    raise AssertionError


def day_due(terms: Terms, start: int) -> int:
    """When a limit in days is over: found by walking the last day."""
    days = terms.days
    shown = days.wall(start)
    day, left = shown.date(), terms.amount
    while left:
        day += timedelta(days=1)
        left -= 1 if terms.unit == "days" or days.slots(day) else 0
    if isinstance(days, RoundTheClock):
        aim = datetime.combine(day, shown.time())
        if terms.ends_with_day:
            aim = datetime.combine(day + timedelta(days=1), datetime.min.time())
        return _first_shown(days, start, aim)
    while True:
        worked = _worked_minutes(days, start, day)
        if worked and worked[-1] + 60 >= start:
            break
        day += timedelta(days=1)
    closing = worked[-1] + 60
    if terms.ends_with_day:
        return closing
    aim = _first_shown(days, start, datetime.combine(day, shown.time()))
    return next((max(aim, minute) for minute in worked if minute + 60 > aim), closing)


def _worked_minutes(days: Days, near: int, day: date) -> list[int]:
    """The worked minutes of a local day."""
    if not days.slots(day):
        return []
    noon = near + (day - days.wall(near).date()).days * 86400
    walk = days.walk((noon - 129600) // 60 * 60, noon + 129600)
    found, reached = [], datetime.min  # noqa: DTZ901
    for a, _, is_open in walk:
        reached = max(reached, days.wall(a))
        if reached.date() == day and is_open:
            found.append(a)
    return found


def _first_shown(days: Days, near: int, aim: datetime) -> int:
    """The first second at which the wall clock shows `aim` or later."""
    guess = near + int((aim - days.wall(near)).total_seconds())
    at = guess - SET_BACK_WITHIN
    while days.wall(at + 60) < aim:
        at += 60
    while days.wall(at) < aim:
        at += 1
    return at


@dataclass
class Run:
    """A clock that had one rule from its opening on, walked up to some event."""

    terms: Terms
    at: int
    left: int = 0
    due: int | None = None
    floor: int = 0
    over_at: int | None = None
    is_stopped: bool = False
    counted: int = 0
    given: int = 0

    def __post_init__(self) -> None:
        if self.terms.unit == "seconds":
            self.left = self.terms.amount
            return
        try:
            self.due = day_due(self.terms, self.at)
        except Beyond:
            self.left = NEVER

    def go(self, until: int) -> None:
        for a, b, is_open in self.terms.days.walk(self.at, until):
            if is_open:
                self._work(a, b)
        self.at = until
        if self.is_stopped or self.due is None or self.over_at is not None:
            return
        if self.terms.too_late(until, self.due):
            self.over_at = self.due

    def _work(self, a: int, b: int) -> None:
        if self.is_stopped:
            cap = self.terms.cap
            used = b - a if cap is None else min(b - a, cap - self.given)
            self.given += used
            if cap is not None and self.given == cap:
                self.start(a + used)
            a += used
        if a < b and not self.is_stopped:
            self.counted += b - a
            if self.due is None and self.left <= b - a:
                self.due = max(a + self.left, self.floor)
            self.left -= b - a

    def stop(self) -> None:
        self.is_stopped = True
        if self.over_at is None and self.due is not None:
            self.left, self.floor = count(self.terms.days, self.at, self.due), self.due
            self.due = None
        if self.terms.cap is not None and self.given == self.terms.cap:
            self.start(self.at)

    def start(self, at: int) -> None:
        self.is_stopped = False
        if self.over_at is None and self.due is None and self.left == 0:
            self.due = max(at, self.floor)

    def extend(self, seconds: int) -> None:
        if self.over_at is None and self.due is None:
            self.left += seconds
        elif self.over_at is None:
            try:
                self.due = find(self.terms.days, self.due, seconds)
            except Beyond:
                self.due, self.left = None, NEVER

    def happen(self, what: str, value: int) -> None:
        if what == "pause":
            if self.is_stopped:
                self.start(self.at)
            self.stop()
        elif what in ("wait", "resume") and self.is_stopped:
            self.start(self.at)
        elif what == "extend":
            self.extend(value)

    def due_now(self) -> int | None:
        """When it will be over if nothing more happens."""
        if self.is_stopped or self.due is not None:
            return self.due
        return max(find(self.terms.days, self.at, self.left), self.floor)


@dataclass
class Answer:
    """What a story comes to. `due_at` and the sums are those of the last cycle and rule."""

    verdicts: list[tuple[int, str, int]] = field(default_factory=list)
    state: str = "running"
    due_at: int | None = None
    counted: int = 0
    given: int = 0


@dataclass
class Telling:
    """A story as far as it has been told. `opened` and `ruled` are of this cycle and rule."""

    terms: list[Terms]
    opened: int
    ruled: int
    rule: Terms
    cycle: int = 1
    past: list[Happening] = field(default_factory=list)
    answer: Answer = field(default_factory=Answer)

    def happen(self, at: int, what: str, value: int) -> None:
        if what == "change":
            if self.answer.state == "running":
                self.judge(at, "replaced")
            self.rule, self.ruled = self.terms[value], at
            granted = [(self.opened, *told[1:]) for told in self.past if told[1] == "extend"]
            self.past = granted + [told for told in self.past if told[1] != "extend"]
        elif what in ("met", "cancelled"):
            self.judge(at, what)
            self.answer.state = what
        elif what == "reopen":
            self.opened = self.ruled = at
            self.cycle, self.past, self.answer.state = self.cycle + 1, [], "running"
        else:
            self.past.append((at, what, value))

    def judge(self, end: int, otherwise: str) -> Run:
        """Walk the cycle from its begin as if the rule in force had always held."""
        walked = Run(self.rule, self.opened)
        for at, what, value in self.past:
            walked.go(at)
            walked.happen(what, value)
        walked.go(end)
        self.answer.counted, self.answer.given = walked.counted, walked.given
        if walked.over_at is not None:
            late = (self.cycle, "late", max(walked.over_at, self.ruled))
            self.answer.verdicts.append(late)
        elif otherwise:
            self.answer.verdicts.append((self.cycle, otherwise, end))
        return walked


def tell(opened: int, terms: list[Terms], happenings: list[Happening], until: int) -> Answer:
    """Walk a story. `happenings`: when, what, value; a change names the terms by their place."""
    telling = Telling(terms, opened, opened, terms[0])
    for happening in happenings:
        telling.happen(*happening)
    answer = telling.answer
    if answer.state == "running":
        walked = telling.judge(until, "")
        answer.state = "paused" if walked.is_stopped else "running"
        answer.due_at = _known(walked) if walked.over_at is None else None
    return answer


def _known(walked: Run) -> int | None:
    try:
        return walked.due_now()
    except Beyond:
        return None
