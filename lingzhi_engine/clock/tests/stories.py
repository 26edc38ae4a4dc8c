"""Generated stories of clocks, told to the engine and to the oracle in plain values.

Stories begin near what is hard: holidays and make-up workdays (调休), holiday eves, half days, the
end of a year, the leap day, the change of hours; half of them by calendars of China.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from lingzhi_engine.clock import (
    BusinessCalendar,
    Cancelled,
    Event,
    Extended,
    Ledger,
    Limit,
    Met,
    Opened,
    Paused,
    Reopened,
    Resumed,
    Rule,
    RuleChanged,
    Slot,
    TimeBase,
    Unit,
    WorkingTime,
    given_back,
    replay,
    special_days,
)
from lingzhi_engine.clock.tests import oracle

FIRST, LAST = date(2023, 12, 1), date(2026, 12, 31)
LUNCH = [(540, 720), (810, 1080)]
WEEKS = [
    [LUNCH] * 5 + [[], []],
    [[(480, 1080)]] * 7,
    [[(540, 1020)]] * 5 + [[(540, 720)], []],  # half a Saturday
    [[(0, 360), (1320, 1440)]] * 7,  # nights
    [[(0, 1440)]] * 5 + [[], []],
    [[(150, 200), (600, 615), (1439, 1440)]] * 7,
]
ZONES = [
    "Asia/Shanghai",
    "Asia/Shanghai",
    "Asia/Shanghai",
    "Europe/Paris",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Pacific/Auckland",
]
HARD_DAYS = [
    date(2024, 1, 1),
    date(2024, 2, 8),  # before the Spring Festival: make-up workdays
    date(2024, 2, 28),
    date(2024, 3, 8),
    date(2024, 3, 29),
    date(2024, 9, 29),
    date(2024, 10, 25),
    date(2024, 11, 1),
    date(2024, 12, 31),
    date(2025, 1, 26),
    date(2025, 3, 7),
    date(2025, 4, 4),
    date(2025, 9, 27),
    date(2025, 10, 10),
    date(2025, 12, 30),
    date(2026, 2, 13),
    date(2026, 9, 19),
    date(2026, 10, 9),
    date(2026, 12, 22),
]
Dates = dict[date, list[tuple[int, int]]]


@dataclass(frozen=True)
class Calendar:
    """One calendar in both forms."""

    engine: WorkingTime
    oracle: oracle.Days
    always: oracle.Days


@dataclass(frozen=True)
class Story:
    """A clock's opening, rules in both forms, and what happened to it; moments since 1970."""

    opened: int
    rules: list[Rule]
    terms: list[oracle.Terms]
    happenings: list[oracle.Happening]
    until: int

    def events(self) -> list[Event]:
        made = [_EVENTS[what](_moment(at), value, self) for at, what, value in self.happenings]
        return [Opened(_moment(self.opened)), *made]

    def ledger(self) -> Ledger:
        return replay(self.rules[0], self.events(), _moment(self.until))

    def engine_says(self) -> oracle.Answer:
        return summary(self.ledger(), self.until)

    def oracle_says(self) -> oracle.Answer:
        return oracle.tell(self.opened, self.terms, self.happenings, self.until)


_EVENTS: dict[str, Callable[[datetime, int, Story], Event]] = {
    "pause": lambda at, value, story: Paused(at),
    "wait": lambda at, value, story: Paused(at, gives_back=False),
    "resume": lambda at, value, story: Resumed(at),
    "change": lambda at, value, story: RuleChanged(at, story.rules[value]),
    "extend": lambda at, value, story: Extended(at, Limit(value, Unit.SECONDS)),
    "met": lambda at, value, story: Met(at),
    "cancelled": lambda at, value, story: Cancelled(at),
    "reopen": lambda at, value, story: Reopened(at),
}


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def summary(ledger: Ledger, until: int) -> oracle.Answer:
    """What a ledger says of the last cycle, by the rule that judges it."""
    verdicts = [(v.cycle, v.outcome.value, int(v.at.timestamp())) for v in ledger.verdicts]
    is_over = ledger.state in ("met", "cancelled")
    end = ledger.since if is_over else _moment(until)
    rule = ledger.verdicts[-1].rule if is_over else ledger.rule
    waiting = rule.time.between(ledger.paused_at, end) if ledger.state == "paused" else 0
    given = given_back(rule, ledger.past_pauses) + waiting
    counted = rule.time.between(ledger.opened_at, end) - given
    due = None if is_over or ledger.is_judged or ledger.due_at is None else ledger.due_at
    due_at = None if due is None else int(due.timestamp())
    return oracle.Answer(verdicts, ledger.state.value, due_at, counted, given)


def calendar(week: list[oracle.Slots], changed: Dates, zone: ZoneInfo) -> Calendar:
    def slots(day: list[tuple[int, int]]) -> tuple[Slot, ...]:
        return tuple(Slot(*pair) for pair in day)

    exceptions = {day: slots(opened) for day, opened in changed.items()}
    business = BusinessCalendar(tuple(map(slots, week)), FIRST, LAST, exceptions)
    return Calendar(
        WorkingTime.of(business, zone),
        oracle.Days(week, changed, LAST, zone),
        oracle.RoundTheClock(week, changed, LAST, zone),
    )


def calendars(random: Random, n: int) -> list[list[Calendar]]:
    """Pairs of calendars in one zone: as it was, and edited mid-flight."""
    holidays = {
        special.day: LUNCH if special.is_worked else []
        for year in (2024, 2025, 2026)
        for special in special_days("CN", year)
    }
    pairs = []
    for i in range(n):
        zone, week = ZoneInfo(ZONES[i % len(ZONES)]), random.choice(WEEKS)
        changed = (dict(holidays) if i % 2 else {}) | _half_days(random)
        edited = changed | _half_days(random)
        pairs.append([calendar(week, days, zone) for days in (changed, edited)])
    return pairs


def _half_days(random: Random) -> Dates:
    """Days near the hard ones that are cut short, off, or worked."""
    near = [day + timedelta(days=random.randint(-3, 6)) for day in HARD_DAYS]
    kinds = [[], [(540, 720)], LUNCH, [(0, 1440)]]
    return {day: random.choice(kinds) for day in near if FIRST <= day <= LAST}


def stories(n: int, seed: int = 1, pairs: int = 40) -> Iterator[Story]:
    """So many stories by so many pairs of calendars."""
    random = Random(seed)
    pool = calendars(random, pairs)
    for _ in range(n):
        yield story(random, random.choice(pool))


def story(random: Random, pair: list[Calendar]) -> Story:
    """One story by a pair of calendars."""
    rules, terms = zip(*(_rule(random, random.choice(pair), f"{i}") for i in range(3)), strict=True)
    noon = datetime.combine(random.choice(HARD_DAYS), datetime.min.time(), UTC)
    opened = int(noon.timestamp()) + random.randint(-86400, 2 * 86400)
    happenings, until = _happenings(random, opened, list(terms))
    return Story(opened, list(rules), list(terms), happenings, until)


def _rule(random: Random, by: Calendar, version: str) -> tuple[Rule, oracle.Terms]:
    unit = random.choice([Unit.SECONDS] * 4 + [Unit.DAYS, Unit.WORKING_DAYS])
    is_always = unit is not Unit.WORKING_DAYS and random.random() < 0.15
    amount = random.randint(0, 4) if unit is not Unit.SECONDS else _some_seconds(random)
    ends_with_day = unit is not Unit.SECONDS and random.random() < 0.5
    is_inclusive = random.random() < 0.8
    cap = random.choice([None, None, 0, _some_seconds(random)])
    base = TimeBase.ROUND_THE_CLOCK if is_always else TimeBase.WORKING
    rule = Rule(version, Limit(amount, unit, base, ends_with_day, is_inclusive), by.engine, cap)
    days = by.always if is_always else by.oracle
    return rule, oracle.Terms(days, amount, unit.value, ends_with_day, is_inclusive, cap)


def _some_seconds(random: Random) -> int:
    """From a second to two days of eight hours; often whole hours, so that bounds are met."""
    if random.random() < 0.5:
        return random.choice([1, 2, 4, 8, 16]) * 1800
    return int(2 ** random.uniform(0, 15.8))


NEXT = {
    "running": ["pause", "pause", "pause", "wait", "change", "extend", "met", "cancelled"],
    "waiting": ["resume", "resume", "resume", "resume", "pause", "change", "extend", "met"],
    "over": ["reopen", "change"],
}


def _happenings(
    random: Random, opened: int, terms: list[oracle.Terms]
) -> tuple[list[oracle.Happening], int]:
    """Up to seven happenings that can follow one another, and a moment after them."""
    happenings: list[oracle.Happening] = []
    at, state, rule = opened, "running", 0
    for _ in range(random.randint(0, 7)):
        at += random.choice([0, 60, 3600, int(2 ** random.uniform(0, 17)), 4 * 3600])
        what = random.choice(NEXT[state])
        if what == "extend" and any(isinstance(t.days, oracle.RoundTheClock) for t in terms):
            continue
        if what == "change" and rule == 2:
            continue
        rule += what == "change"
        value = rule if what == "change" else _some_seconds(random)
        happenings.append((at, what, value))
        state = _state_after(what, state)
    return happenings, at + int(2 ** random.uniform(0, 18))


def _state_after(what: str, state: str) -> str:
    if what in ("pause", "wait"):
        return "waiting"
    if what in ("met", "cancelled"):
        return "over"
    return "running" if what in ("resume", "reopen") else state
