"""What surveys say: the figures of a choice of answers, whole and by way, dimension, team, time."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils.timezone import get_default_timezone

from lingzhi.accounts.models import User
from lingzhi.kpis.models import Target
from lingzhi.kpis.queries import definitions, targets_on
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi.surveys.models import WeakLink
from lingzhi.surveys.queries.invited import answered_rate, invited_rate, still_open
from lingzhi.surveys.queries.wanted import ANY, Wanted
from lingzhi.surveys.queries.words import OVERALL, Word, by_dimension, effort, recommending
from lingzhi_engine.stats import Measured, Rate, Tally, difference, net_promoter_score

READ = "surveys.read"


@dataclass(frozen=True, slots=True)
class Said:
    """What some people said: the satisfied among them, and how satisfied in points, 0–100."""

    satisfied: Rate
    points: Measured

    @property
    def n(self) -> int:
        return self.satisfied.denominator

    @classmethod
    def of(cls, words: Iterable[Word]) -> "Said":
        several = list(words)
        rate = Rate(sum(one.is_satisfied for one in several), len(several))
        places = [round(100 * one.place, 6) for one in several]
        return cls(rate, Tally.of(places, 0, 100).mean())


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its key, what was said, what was said in the days before, and what was
    said of the other units in the same days (None where it is about all of them).
    """

    key: Any
    said: Said
    before: Said | None = None
    target: Target | None = None
    others: Said | None = None

    @property
    def change(self) -> tuple[float, float] | None:
        """The interval of the satisfied now less before, in shares."""
        return _more(self.before, self.said)

    @property
    def apart(self) -> tuple[float, float] | None:
        """The same of the satisfied here less elsewhere."""
        return _more(self.others, self.said)

    @property
    def gap(self) -> float:
        """How far it lies below its target for certain, in shares; 0 and less: not for certain."""
        if self.target is None or not self.said.n:
            return -1.0
        return float(self.target.value / 100 - self.said.satisfied.interval().high)

    @property
    def certainty(self) -> tuple[bool, float, int]:
        """What sorts lines, the most certain trouble first: weak by how far at least, then below
        the others or fallen beyond chance."""
        below = [one for one in (self.apart, self.change) if one is not None and one[1] < 0]
        return not self.is_weak, -self.gap if self.is_weak else 0.0, -len(below)

    @property
    def is_weak(self) -> bool:
        """Below its target by more than chance explains (薄弱环节)."""
        return self.gap > 0 and self.said.satisfied.is_enough()


def _more(there: Said | None, here: Said) -> tuple[float, float] | None:
    """The interval of the satisfied here less there (Newcombe); None where either has nobody."""
    if there is None or not there.n or not here.n:
        return None
    was, now = there.satisfied, here.satisfied
    return difference((was.numerator, was.denominator), (now.numerator, now.denominator))


@dataclass(frozen=True, slots=True)
class ModeLine:
    """One way of answering: who was asked and answered on it, and what they said."""

    mode: str
    invited: Rate
    answered: Rate
    said: Said


@dataclass(frozen=True, slots=True)
class Results:
    """Everything the page shows of one choice of answers."""

    invited: Rate
    answered: Rate
    open: int
    whole: Line
    promoters: Measured
    effort: Said
    modes: list[ModeLine]
    dimensions: list[Line]
    units: list[Line]
    course: list[Line]


def results(wanted: Wanted, unit: Unit | None, *, on: date) -> Results:
    """The figures of `wanted`; targets are those of `unit` on a day."""
    answerings = wanted.answerings()
    words = by_dimension(answerings)
    before = by_dimension(_before(wanted).answerings()) if wanted.first and wanted.last else {}
    targets = targets_of_dimensions(wanted, unit, on)
    others = _elsewhere(wanted)
    lines = [
        Line(
            code, Said.of(found), Said.of(before.get(code, ())), targets.get(code),
            others.get(code),
        )
        for code, found in words.items()
    ]  # fmt: skip
    scores = [one.promotes for one in recommending(answerings)]
    invitations = wanted.invitations()
    return Results(
        invited_rate(invitations), answered_rate(invitations), still_open(invitations), lines[0],
        net_promoter_score(scores.count(1), scores.count(-1), len(scores)),
        Said.of(effort(answerings)), _modes(wanted, words[OVERALL]),
        sorted(lines[1:], key=lambda line: line.key), _by(words[OVERALL], lambda one: one.unit_id),
        _course(wanted, words[OVERALL]),
    )  # fmt: skip


def _before(wanted: Wanted) -> Wanted:
    """As many days just before."""
    assert wanted.first is not None
    assert wanted.last is not None
    days = (wanted.last - wanted.first).days + 1
    last = wanted.first - timedelta(days=1)
    return replace(wanted, first=last - timedelta(days=days - 1), last=last)


def _elsewhere(wanted: Wanted) -> dict[str, Said]:
    """What was said of the other units within reach; nothing where no unit was chosen, or one
    person."""
    if not wanted.unit_path or wanted.agent_id is not None:
        return {}
    inside = Unit.objects.filter(path__startswith=wanted.unit_path).values_list("pk", flat=True)
    here = set(inside)
    found = by_dimension(replace(wanted, unit_path="").answerings())
    apart = {
        code: [one for one in words if one.unit_id not in here] for code, words in found.items()
    }
    return {code: Said.of(words) for code, words in apart.items() if words}


def _by(words: Iterable[Word], key: Callable[[Word], Hashable]) -> list[Line]:
    groups: dict[Any, list[Word]] = defaultdict(list)
    for one in words:
        groups[key(one)].append(one)
    return [Line(name, Said.of(found)) for name, found in groups.items()]


def _modes(wanted: Wanted, words: Sequence[Word]) -> list[ModeLine]:
    """Every way on which somebody was asked or answered; never one figure of several."""
    invited = wanted.invitations().order_by().values_list("mode", flat=True).distinct()
    said = {line.key: line.said for line in _by(words, lambda one: one.mode)}
    found = []
    for mode in sorted({*invited, *said}):
        rows = replace(wanted, mode=mode).invitations()
        line = ModeLine(mode, invited_rate(rows), answered_rate(rows), said.get(mode, Said.of(())))
        found.append(line)
    return found


def _course(wanted: Wanted, words: Sequence[Word]) -> list[Line]:
    """By week, of more than half a year by month; the first day of each."""
    zone = get_default_timezone()
    is_long = bool(wanted.first and wanted.last and (wanted.last - wanted.first).days > 190)

    def begin(one: Word) -> date:
        day = one.at.astimezone(zone).date()
        return day.replace(day=1) if is_long else day - timedelta(days=day.weekday())

    return sorted(_by(words, begin), key=lambda line: line.key)


def targets_of_dimensions(wanted: Wanted, unit: Unit | None, on: date) -> dict[str, Target]:
    """The target of the satisfied for each dimension, `OVERALL` among them.

    A target for this occasion and way goes before one for all of them.
    """
    ways: list[tuple[int, str, Any]] = []
    for one in definitions():
        if one.way.measure_code != "surveys.satisfied":
            continue
        narrow = [(one.params.get("occasion", ANY), wanted.occasion),
                  (one.params.get("mode", ANY), wanted.mode)]  # fmt: skip
        if all(said in (ANY, asked) for said, asked in narrow):
            rank = sum(said != ANY for said, _asked in narrow)
            ways.append((rank, one.params.get("dimension", OVERALL), one))
    held = targets_on([one for *_rest, one in ways], unit, on, wanted.channel)
    found: dict[str, Target] = {}
    for _rank, dimension, one in sorted(ways, key=lambda way: way[0]):
        if one.pk in held:
            found[dimension] = held[one.pk]
    return found


def weak_links_visible_to(user: User) -> QuerySet[WeakLink]:
    """What was given to units within reach; what waits first, then what is furthest below its
    target for certain."""
    rows = WeakLink.objects.filter(unit__in=reach(user, READ).units)
    return rows.select_related("unit", "told_by", "answered_by").order_by(
        F("answered_at").desc(nulls_first=True), "-gap", "due_on", "-pk"
    )
