"""Weak links and bottlenecks (薄弱环节、服务痛点): where on their way customers are lost [R-AN-14].

The way is a row of steps. Each is a share that facts hold already: so many entered it, so many
went on. What differs from before or from elsewhere only by chance is not called weak.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models.clocks import ClockKind
from lingzhi.inspections.models import RuleVersion
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi.reports.facts import FACTS, Amount, Axis, FactTable
from lingzhi.reports.models import WeakStep
from lingzhi.reports.queries.pivot import Asked as Pivoted
from lingzhi.reports.queries.pivot import pivoted, quantiles_of
from lingzhi.surveys.queries.words import OVERALL
from lingzhi_engine.pivot import Sums, Within
from lingzhi_engine.stats import TOO_FEW, adjusted, chance_of_difference

DAY = timedelta(days=1)
READ = "kpis.read"  # facts are what indicators are made of
WRONG = 0.05  # so large a share of what is called weak may be none
WHERE = ("unit", "channel", "type", "segment", "queue", "hour")
WAITED = (0.5, 0.9)  # half of them, and nine of ten
NOTHING = Sums()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the share of an amount, of the facts whose `axis` has one of `values`.

    `counts_lost`: the amount counts who is lost, not who goes on. `wait` is the amount that says
    how long it takes, of the same facts.
    """

    code: str
    label: str | Promise
    facts: str
    amount: str
    axis: str
    values: tuple[str, ...] = ()
    counts_lost: bool = False
    wait: str = ""

    @property
    def only(self) -> tuple[Within, ...]:
        axis = FACTS[self.facts].axis(self.axis)
        assert axis
        return (Within(axis.expression, list(self.values)),) if self.values else ()

    @property
    def lost(self) -> Within:
        """The facts of those who were lost."""
        amount = self.table.amount(self.amount)
        assert amount
        above, below, _unknown = amount.columns
        return Within(f"{above} > 0" if self.counts_lost else f"{below} > {above}", [True])

    @property
    def entered(self) -> Within:
        """The facts of all of whom it is known whether they went on."""
        amount = self.table.amount(self.amount)
        assert amount
        return Within(f"{amount.columns[1]} > 0", [True])

    @property
    def table(self) -> FactTable:
        return FACTS[self.facts]

    def passed(self, sums: Sums) -> "Passed":
        entered = round(sums.below)
        above = round(sums.above)
        return Passed(entered, entered - above if self.counts_lost else above, sums.unknown)


def _limit(code: str, label: str | Promise, *kinds: ClockKind) -> Step:
    return Step(code, label, "limits", "kept", "clock", tuple(kind.value for kind in kinds))


STEPS = (
    Step("connected", _("Call answered"), "contacts", "connected", "direction", wait="answer"),
    Step(
        "kept", _("Served without a transfer"), "contacts", "transferred", "direction",
        counts_lost=True, wait="handling",
    ),
    Step("rated", _("Rated as satisfying"), "contacts", "satisfied", "direction"),
    _limit("first", _("First answer on the case in time"), ClockKind.FIRST_RESPONSE),
    _limit("taken", _("Taken on or over in time"), ClockKind.OWN, ClockKind.HAND_OVER),
    _limit("handled", _("Signed for and handled by the unit in time"), ClockKind.SIGN_IN,
           ClockKind.HANDLING),
    _limit("solved", _("Solved in time"), ClockKind.RESOLUTION),
    _limit("told", _("Customer told in time"), ClockKind.FEEDBACK, ClockKind.PROMISE,
           ClockKind.UPDATE),
    Step("agreed", _("Customer agrees with the result"), "cases", "content", "type", wait="time"),
    Step("content", _("Satisfied in surveys"), "answers", "satisfied", "about", (OVERALL,)),
)  # fmt: skip
BY_CODE = {step.code: step for step in STEPS}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose way is looked at: on these days, in a unit and all below it, on one channel."""

    user: User
    first: date
    last: date
    unit: Unit | None = None
    channel: str = ""

    @property
    def before(self) -> "Asked":
        """As many days before."""
        days = (self.last - self.first).days + 1
        return replace(self, first=self.first - days * DAY, last=self.first - DAY)

    def of(
        self, table: FactTable, axes: Sequence[Axis], amounts: Sequence[Amount],
        only: Sequence[Within] = (),
    ) -> Pivoted:  # fmt: skip
        """The same asked of facts."""
        return Pivoted(
            table, axes, None, amounts, self.first, self.last, self.unit, self.channel, only
        )


@dataclass(frozen=True, slots=True)
class Passed:
    """How many entered a step and went on; of `unknown` nobody knows."""

    entered: int = 0
    went_on: int = 0
    unknown: int = 0

    @property
    def lost(self) -> int:
        return self.entered - self.went_on

    @property
    def pair(self) -> tuple[int, int]:
        return self.went_on, self.entered

    def without(self, other: "Passed") -> "Passed":
        return Passed(
            self.entered - other.entered, self.went_on - other.went_on, self.unknown - other.unknown
        )

    def is_worse_than(self, other: "Passed") -> bool:
        return self.went_on * other.entered < other.went_on * self.entered


@dataclass(frozen=True, slots=True)
class Compared:
    """`now` beside `other` (the time before, or all other places). `q` is the chance of being
    wrong in telling them apart, made fit for all that were compared together."""

    now: Passed
    other: Passed
    q: float = 1.0

    @property
    def state(self) -> str:
        """worse | better | same (chance explains it) | few (too few to say)."""
        if min(self.now.entered, self.other.entered) < TOO_FEW:
            return "few"
        if self.q > WRONG:
            return "same"
        return "worse" if self.now.is_worse_than(self.other) else "better"


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A step with its figures now and before. `waits` are the seconds within which half of those
    known and nine of ten of them were through; None where nothing is known."""

    step: Step
    compared: Compared
    waits: Sequence[float] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step was gone through, beside all other places of the same axis."""

    axis: str
    label: str | Promise
    value: Any
    words: str
    compared: Compared

    @property
    def key(self) -> str:
        """As addresses carry it; nothing behind the colon: not known."""
        return f"{self.axis}:{'' if self.value is None else self.value}"


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that found a violation surely more often than in the time before, or elsewhere: hits
    of judged conversations."""

    rule_id: int
    title: str
    compared: Compared


def way(asked: Asked) -> list[OnTheWay]:
    """Every step in the order customers go them. Raises TooManyCells of the engine."""
    now, before = _sums(asked), _sums(asked.before)
    pairs = [(step.passed(now[step.code]), step.passed(before[step.code])) for step in STEPS]
    compared = compared_together(pairs)
    return [
        OnTheWay(step, one, _waits(asked, step)) for step, one in zip(STEPS, compared, strict=True)
    ]


def places(asked: Asked, step: Step) -> list[Place]:
    """Where a step is surely worse than elsewhere, and where chance explains it, most lost first.

    Raises TooManyCells of the engine.
    """
    table = FACTS[step.facts]
    amount = table.amount(step.amount)
    assert amount
    found: list[tuple[str, Any, Any, str, Passed, Passed]] = []
    for code in WHERE:
        axis = table.axis(code)
        if axis is None or (code == "channel" and asked.channel):
            continue
        cells = pivoted(asked.of(table, [axis], [amount], step.only), asked.user).sums
        passed = {key[0]: step.passed(sums[0]) for key, sums in cells.items()}
        passed = {value: one for value, one in passed.items() if one.entered}
        if len(passed) < 2:
            continue
        whole = Passed(*(sum(part) for part in zip(*map(_numbers, passed.values()), strict=True)))
        names = axis.words([value for value in passed if value is not None])
        for value, one in passed.items():
            words = names.get(value) or (str(value) if value is not None else "")
            found.append((code, axis.label, value, words, one, whole.without(one)))
    compared = compared_together([(now, rest) for *_names, now, rest in found])
    rows = [
        Place(code, label, value, words, one)
        for (code, label, value, words, _now, _rest), one in zip(found, compared, strict=True)
    ]
    return sorted(rows, key=lambda row: (row.compared.state != "worse", -row.compared.now.lost))


def reasons(asked: Asked) -> list[Reason]:
    """Violations that rules found surely more often than in the time before, in the same unit and
    on the same channel; the largest first. Raises TooManyCells of the engine."""
    table = FACTS["findings"]
    axis, amount = table.axis("rule"), table.amount("hit_rate")
    assert axis
    assert amount
    only = (Within("kind", [RuleVersion.Kind.VIOLATION.value]),)

    def hits(one: Asked) -> Mapping[Any, Passed]:
        cells = pivoted(one.of(table, [axis], [amount], only), one.user).sums
        return {
            key[0]: Passed(round(sums[0].below), round(sums[0].above), sums[0].unknown)
            for key, sums in cells.items()
        }

    now, before = hits(asked), hits(asked.before)
    return more_frequent(
        {rule: (now[rule], before.get(rule, Passed())) for rule in now if rule is not None}
    )


def more_frequent(hits: Mapping[int, tuple[Passed, Passed]]) -> list[Reason]:
    """The rules that surely hit more often here than there, the most frequent first."""
    axis = FACTS["findings"].axis("rule")
    assert axis
    compared = compared_together(list(hits.values()))
    names = axis.words(hits)
    found = [
        Reason(rule, names.get(rule, str(rule)), one)
        for rule, one in zip(hits, compared, strict=True)
        if one.state == "better"  # more went on to be a hit: more violations
    ]
    return sorted(found, key=lambda one: -one.compared.now.went_on)


def weak_steps_visible_to(user: User) -> QuerySet[WeakStep]:
    """Those taken up in units within reach."""
    rows = WeakStep.objects.select_related("unit", "taken_by")
    where = reach(user, READ)
    return rows if where.is_everything else rows.filter(unit__in=where.units)


def _numbers(one: Passed) -> tuple[int, int, int]:
    return one.entered, one.went_on, one.unknown


def compared_together(pairs: Sequence[tuple[Passed, Passed]]) -> list[Compared]:
    """All at once; those of few cases ask nothing and make nothing harder to say."""
    plain = [Compared(now, other) for now, other in pairs]
    asked = [at for at, one in enumerate(plain) if one.state != "few"]
    chances = [chance_of_difference(plain[at].now.pair, plain[at].other.pair) for at in asked]
    for at, q in zip(asked, adjusted(chances), strict=True):
        plain[at] = replace(plain[at], q=q)
    return plain


def _sums(asked: Asked) -> dict[str, Sums]:
    """By step the sums of its amount, with one question for each kind of facts."""
    found = {step.code: NOTHING for step in STEPS}
    for facts, steps in _by_facts().items():
        table = FACTS[facts]
        axis = table.axis(steps[0].axis)
        assert axis
        names = dict.fromkeys(one.amount for one in steps)
        amounts = [amount for name in names if (amount := table.amount(name))]
        for (value,), sums in pivoted(asked.of(table, [axis], amounts), asked.user).sums.items():
            by_name = dict(zip(names, sums, strict=True))
            for step in steps:
                if not step.values or value in step.values:
                    found[step.code] += by_name[step.amount]
    return found


def _by_facts() -> Mapping[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for step in STEPS:
        found[step.facts].append(step)
    return found


def _waits(asked: Asked, step: Step) -> Sequence[float] | None:
    amount = step.table.amount(step.wait)
    if amount is None:
        return None
    return quantiles_of(asked.of(step.table, [], [amount], step.only), asked.user, WAITED)
