"""What customers want more, less or newly (需求变化、业务发展趋势): subjects over the days."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import RuleVersion
from lingzhi.kpis.queries.courses import Days
from lingzhi.org.models import Unit
from lingzhi.reports.facts import FACTS
from lingzhi.reports.queries.facts import known_days
from lingzhi.reports.queries.pivot import Asked as Pivoted
from lingzhi.reports.queries.pivot import pivoted
from lingzhi_engine.pivot import Within
from lingzhi_engine.stats import Growth, adjusted, chance_of_new, growth

DAY = timedelta(days=1)
NEWEST = 28  # days: what came only in these is new
WRONG = 0.05  # so large a share of what is called a change may be none


@dataclass(frozen=True, slots=True)
class Source:
    """Where subjects come from: facts of a kind, told apart by an axis, and how many."""

    facts: str
    axis: str
    amount: str
    only: tuple[Within, ...] = ()


SOURCES = {
    "type": Source("cases", "type", "number"),
    "signal": Source(
        "findings", "rule", "hits", (Within("kind", [str(RuleVersion.Kind.SIGNAL.value)]),)
    ),
    "channel": Source("contacts", "channel", "number"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Subjects of a source on these days, in a unit and all below it, on one channel."""

    user: User
    source: str
    first: date
    last: date
    unit: Unit | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: how many, by the week (the last one ends with the period), and what became of
    it: grows, shrinks, new, same (chance explains it), or few (too few to say). `q` is the chance
    of being wrong in calling it a change, made fit for all subjects together.
    """

    value: Any
    number: int
    weeks: Sequence[float]
    found: Growth | None
    p: float
    is_new: bool = False
    q: float = 1.0

    @property
    def state(self) -> str:
        if self.q <= WRONG and self.is_new:
            return "new"
        if self.found is None:
            return "few"
        if self.q > WRONG:
            return "same"
        return "grows" if self.found.rate > 0 else "shrinks"


@dataclass(frozen=True, slots=True)
class Demand:
    """The subjects, those that changed first, and all of them together."""

    first: date
    last: date
    whole: Subject
    subjects: Sequence[Subject]
    waiting: int


ORDER = ("new", "grows", "shrinks", "same", "few")


def demand(asked: Asked) -> Demand | None:
    """What changed; None without facts on these days. Today is not over and left out.

    Raises TooManyCells of the engine.
    """
    source = SOURCES[asked.source]
    table = FACTS[source.facts]
    known = known_days(table)
    if known is None:
        return None
    first, last = max(asked.first, known[0]), min(asked.last, known[1], today() - DAY)
    axis, by_day, amount = table.axis(source.axis), table.axis("day"), table.amount(source.amount)
    assert axis
    assert by_day
    assert amount
    question = Pivoted(
        table, [axis, by_day], None, [amount], first, last, asked.unit, asked.channel, source.only
    )
    cells = pivoted(question, asked.user)
    counts: dict[Any, dict[date, float]] = defaultdict(dict)
    for (value, day), [sums] in cells.sums.items():
        if sums.above:
            counts[value][day] = sums.above  # type: ignore[index]
    if not counts:
        return None
    days = [first + at * DAY for at in range((last - first).days + 1)]
    classes = Days.of(asked.unit).classes(days)
    subjects = [_subject(value, found, days, classes) for value, found in counts.items()]
    whole = {day: sum(found.get(day, 0.0) for found in counts.values()) for day in days}
    chances = adjusted([one.p for one in subjects])
    named = [replace(one, q=q) for one, q in zip(subjects, chances, strict=True)]
    named.sort(key=lambda one: (ORDER.index(one.state), -one.number, str(one.value)))
    together = _subject(None, whole, days, classes)
    return Demand(first, last, replace(together, q=together.p), named, cells.waiting)


def _subject(
    value: Any, found: Mapping[date, float], days: Sequence[date], classes: Sequence[int]
) -> Subject:
    counts = [found.get(day, 0.0) for day in days]
    number = round(sum(counts))
    trend = growth(counts, classes)
    is_new = len(days) >= 2 * NEWEST and not any(counts[:-NEWEST])
    p = 1.0 if trend is None else trend.p
    if is_new:
        p = chance_of_new(number, len(days), NEWEST)
    return Subject(value, number, _weeks(counts), None if is_new else trend, p, is_new)


def _weeks(counts: Sequence[float]) -> list[float]:
    """Whole weeks, the last one ends with the period."""
    start = len(counts) % 7
    return [sum(counts[at : at + 7]) for at in range(start, len(counts), 7)]
